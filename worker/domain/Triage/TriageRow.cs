using VulnDiag.Domain.Data;
using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Triage;

/// <summary>One row of triage-table.csv. Null in a condition means that the row does not look at it.</summary>
/// <remarks>Source: guide, decision table; SPEC "Triage". Row numbers are persisted: they grow, they do not change.</remarks>
internal sealed record TriageRow(
    int No,
    YesNoUnknown GlobalIp,
    Communication? Communication,
    Addressing? Addressing,
    Provided? Address,
    Provided? Fqdn,
    TriageResult Result)
{
    internal static IReadOnlyList<TriageRow> All { get; } = [.. EmbeddedCsv.Rows("Triage.triage-table.csv").Select(Read)];

    internal bool Fits(Line line) =>
        line.GlobalIp == GlobalIp
        && (Communication is null || line.Communication == Communication)
        && (Addressing is null || line.Addressing == Addressing)
        && (Address is null || line.AddressProvided == Address)
        && (Fqdn is null || line.FqdnProvided == Fqdn);

    private static TriageRow Read(IReadOnlyDictionary<string, string> row)
    {
        var no = int.Parse(row["no"], System.Globalization.CultureInfo.InvariantCulture);
        var reason = row["reason"].Length > 0 ? row["reason"] : TriageReasons.Of($"row-{no}");
        return new TriageRow(
            no,
            Cell<YesNoUnknown>(row["global_ip"]) ?? throw new InvalidDataException($"triage-table.csv: row {no} looks at no global IP."),
            Cell<Communication>(row["communication"]),
            Cell<Addressing>(row["addressing"]),
            Cell<Provided>(row["address"]),
            Cell<Provided>(row["fqdn"]),
            new TriageResult(no, TriageWords.DecisionOf(row["decision"]), TriageWords.RequirementOf(row["requirement"]), reason));
    }

    private static T? Cell<T>(string word)
        where T : struct, Enum =>
        word == "-" ? null : Choices.Read<T>(word) ?? throw new InvalidDataException($"triage-table.csv: '{word}' is no {typeof(T).Name}.");
}
