namespace VulnDiag.Report.Texts;

/// <summary>Instants as people in Japan read them.</summary>
internal static class JapanTime
{
    internal static DateTimeOffset Of(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(9));

    internal static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(Of(at).DateTime);
}
