using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Gates;

/// <summary>Whose monitoring is quiet for the fixed windows (静観対応), who has not answered, and who refused or withdrew.</summary>
/// <remarks>An answer is bound to the line and to all of its windows. Source: SPEC "When a packet may leave".</remarks>
public sealed record SilenceGate
{
    /// <summary>A row for each question that must be on record, existing ones as they are.</summary>
    public required IReadOnlyList<VendorFacts> Rows { get; init; }

    /// <summary>Questions without an answer.</summary>
    public required IReadOnlyList<OpenQuestion> Waiting { get; init; }

    /// <summary>Questions answered with 不可, also after a 承諾.</summary>
    public required IReadOnlyList<OpenQuestion> Refusals { get; init; }

    /// <summary>True when every monitored line that is left to scan is quiet.</summary>
    public bool Passed => Waiting.Count == 0 && Refusals.Count == 0;

    /// <summary>True when any line left to scan has a vendor to ask.</summary>
    public bool Needed => Rows.Count > 0;

    /// <summary>Reads the gate over the lines that are left to scan, for the windows of <paramref name="facts"/>.</summary>
    public static SilenceGate Of(IReadOnlyList<LineView> lines, EngagementFacts facts, DateTimeOffset now) =>
        Questions.Read(
            VendorQuestion.Silence,
            lines.Where(static line => line.ToScan && line.Line.Monitored),
            line => FactHash.OfSilence(line.Line, facts.Windows),
            static line => line.Line.Vendors,
            facts,
            Math.Max(1, facts.SilenceRound),
            now,
            static (rows, waiting, refusals) => new SilenceGate { Rows = rows, Waiting = waiting, Refusals = refusals });
}
