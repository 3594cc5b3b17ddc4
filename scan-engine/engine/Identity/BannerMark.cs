using System.Text.RegularExpressions;

namespace VulnDiag.Engine.Identity;

/// <summary>A greeting without what changes by itself: many servers greet with the time, some with the number of their visitors.</summary>
/// <remarks>Two readings at the start are a moment apart, so a greeting that changes by the minute or the day would pass for steady there.</remarks>
internal static partial class BannerMark
{
    /// <summary>What is left to compare by.</summary>
    /// <returns>Null when nothing but the passing remains.</returns>
    public static string? Of(string banner)
    {
        var steady = Passing().Replace(banner, "");
        return steady.Any(char.IsLetterOrDigit) ? steady : null;
    }

    // Times, dates, years, time zones, names of days and months (RFC 5322 section 3.3, ISO 8601, ctime), APOP's stamps (RFC 1939 section 7), Pure-FTPd's count of users.
    [GeneratedRegex(
        @"\d{1,2}:\d{2}(?::\d{2})?|\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/]\d{1,2}[-/]\d{4}|\d{1,2}[ -](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[ -]\d{4}|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* +\d{1,2}|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b|\b20\d{2}\b| [+-]\d{4}\b(?: \([A-Z]{2,5}\))?|<[\w.\-]+@[\w.\-]+>|user number \d+ of \d+",
        RegexOptions.CultureInvariant)]
    private static partial Regex Passing();
}
