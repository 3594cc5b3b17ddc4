using System.Globalization;

namespace VulnDiag.Domain.Hearing;

/// <summary>Reads what the hospital confirmed on the day.</summary>
internal static class SameDayReader
{
    /// <summary>Confirmations by time; one whose address cannot be scanned keeps a null address. Rows without a known line or a time are faults only.</summary>
    internal static IReadOnlyList<SameDayConfirmation> Read(IReadOnlyList<SameDayAnswer> answers, List<Line> lines, HearingRules rules, FaultList faults)
    {
        var confirmations = new List<SameDayConfirmation>();
        for (var at = 0; at < answers.Count; at++)
        {
            if (answers[at] is { LineId.Length: 0, Address.Length: 0, ConfirmedAt: null, ConfirmedBy.Length: 0 }) continue;
            if (Read(answers[at], (at + 1).ToString(CultureInfo.InvariantCulture), lines, rules, faults) is { } confirmation) confirmations.Add(confirmation);
        }

        return [.. confirmations.OrderBy(static each => each.At)];
    }

    private static SameDayConfirmation? Read(SameDayAnswer answer, string place, List<Line> lines, HearingRules rules, FaultList faults)
    {
        var line = lines.Find(line => line.Id.Value.Length > 0 && string.Equals(line.Id.Value, answer.LineId, StringComparison.OrdinalIgnoreCase));
        if (line is null)
        {
            faults.Add("confirmation-line-unknown", HearingField.ConfirmedLineId, answer.LineId, place);
            return null;
        }

        var reference = new LineRef(line.Id, FaultTexts.LineName(line.Id.Value, line.Name, row: 0));
        var code = answer.Address.Length == 0 ? "confirmation-address-missing" : AddressReader.FaultOf(answer.Address, rules.AllowedLabRanges);
        if (code is not null) faults.Add(code, reference, HearingField.ConfirmedAddress, answer.Address);
        if (answer.ConfirmedAt is not { } confirmedAt)
        {
            faults.Add("confirmation-time-missing", HearingField.ConfirmedAt, other: place);
            return null;
        }

        return new SameDayConfirmation(line.Id, code is null ? AddressReader.Read(answer.Address) : null, confirmedAt, answer.ConfirmedBy);
    }
}
