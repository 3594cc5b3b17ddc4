using System.Text.RegularExpressions;

namespace VulnDiag.Mail.Messages;

/// <summary>What a hospital typed, as one line: a line break in a name must not be able to write a row of the answer form.</summary>
internal static partial class OneLine
{
    internal static string Of(string text) => Breaks().Replace(text, " ").Trim();

    [GeneratedRegex(@"[\s\p{Cc}\u2028\u2029]+")]
    private static partial Regex Breaks();
}
