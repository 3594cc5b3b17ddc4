using System.Globalization;
using VulnDiag.Domain.Hearing;
using VulnDiag.Model;

namespace VulnDiag.Mail.Messages;

/// <summary>Dates as Japanese offices write them, in Japan's time.</summary>
internal static class DateTexts
{
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);
    private static readonly DateWords Words = Json.Read<DateWords>(EmbeddedText.Read("Messages.dates.ja.json"));

    internal static string Instant(DateTimeOffset instant)
    {
        var local = instant.ToOffset(Japan);
        return string.Format(CultureInfo.InvariantCulture, Words.Instant, local, Words.Weekdays[(int)local.DayOfWeek]);
    }

    /// <summary>The end's date is left out when it is the start's.</summary>
    internal static string Period(Period period)
    {
        var end = period.End.ToOffset(Japan);
        var endText = end.Date == period.Start.ToOffset(Japan).Date
            ? end.ToString("H:mm", CultureInfo.InvariantCulture)
            : Instant(period.End);
        return string.Format(CultureInfo.InvariantCulture, Words.Period, Instant(period.Start), endText);
    }

    private sealed record DateWords(string Instant, string Period, IReadOnlyList<string> Weekdays);
}
