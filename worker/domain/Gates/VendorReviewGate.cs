using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Gates;

/// <summary>A question to a vendor that is not answered with yes.</summary>
/// <param name="Line">Which line.</param>
/// <param name="Vendor">Which vendor.</param>
/// <param name="Row">The question's row.</param>
public sealed record OpenQuestion(LineView Line, Vendor Vendor, VendorFacts Row);

/// <summary>Which lines their vendors have confirmed (妥当性確認), which wait, and which were objected to.</summary>
/// <remarks>
/// An answer is bound to the hash of what it was about: the line, the candidate windows and the times to avoid, none of which a window fixed
/// among the candidates changes. Source: SPEC "One engagement, many lines", "Mail" 2; docs/decisions/0144.
/// </remarks>
public sealed record VendorReviewGate
{
    /// <summary>A row for each question that must be on record, existing ones as they are.</summary>
    public required IReadOnlyList<VendorFacts> Rows { get; init; }

    /// <summary>Questions without an answer.</summary>
    public required IReadOnlyList<OpenQuestion> Waiting { get; init; }

    /// <summary>Questions answered with 異議.</summary>
    public required IReadOnlyList<OpenQuestion> Objections { get; init; }

    /// <summary>True when every line in is through.</summary>
    public bool Passed => Waiting.Count == 0 && Objections.Count == 0;

    /// <summary>Reads the gate over the lines that are in.</summary>
    public static VendorReviewGate Of(IReadOnlyList<LineView> lines, EngagementFacts facts, HearingRecord hearing, DateTimeOffset now) =>
        Questions.Read(
            VendorQuestion.Validity,
            lines.Where(static line => line.In),
            line => FactHash.OfReview(line.Line, hearing),
            static line => line.Line.Vendors,
            facts,
            round: 1,
            now,
            static (rows, waiting, objections) => new VendorReviewGate { Rows = rows, Waiting = waiting, Objections = objections });
}
