namespace VulnDiag.Domain.Hearing;

/// <summary>Gathers faults in the order in which the hospital reads its page.</summary>
internal sealed class FaultList
{
    private readonly List<HearingFault> faults = [];

    internal IReadOnlyList<HearingFault> All => faults;

    /// <summary>A fault of the hearing as a whole.</summary>
    internal void Add(string code, HearingField field, string value = "", string other = "") =>
        faults.Add(new HearingFault(code, Line: null, field.Code(), FaultTexts.Sentence(code, "", field, value, other)));

    /// <summary>A fault of one line.</summary>
    internal void Add(string code, LineRef line, HearingField field, string value = "", string other = "") =>
        faults.Add(new HearingFault(code, line.Id, field.Code(), FaultTexts.Sentence(code, line.Shown, field, value, other)));

    internal void AddRange(IEnumerable<HearingFault> more) => faults.AddRange(more);
}

/// <summary>A line as a fault names it.</summary>
/// <param name="Id">回線ID, or null while it has none.</param>
/// <param name="Shown">The words for it in a sentence.</param>
internal sealed record LineRef(LineId? Id, string Shown)
{
    internal static LineRef Of(LineAnswers line, int row) =>
        new(line.Id.Length == 0 ? null : new LineId(line.Id), FaultTexts.LineName(line.Id, line.Name, row));
}
