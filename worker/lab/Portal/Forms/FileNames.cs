using System.Text;

namespace VulnDiag.Lab.Portal.Forms;

/// <summary>Names of files, which are typed by strangers.</summary>
internal static class FileNames
{
    private const int Most = 200;

    /// <summary>A name fit to be kept: the last part of a path, without what is not seen, without what ends a name early or turns its reading direction.</summary>
    public static string Tidy(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var tidy = new string([.. last.Where(static letter => !char.IsControl(letter) && !IsInvisible(letter))]).Trim(' ', '.');
        if (tidy.Length > Most) tidy = tidy[^Most..];
        return tidy.Length > 0 ? tidy : "file";
    }

    /// <summary>A <c>Content-Disposition</c> that saves and never opens: letters of ASCII for old browsers, the whole name beside it.</summary>
    /// <remarks>Source: RFC 6266, section 4.3 and appendix D; RFC 8187, section 3.2. Nothing but letters, digits and <c>-_.</c> stands unencoded, so no name can end the header or its quotes.</remarks>
    public static string Disposition(string name)
    {
        var tidy = Tidy(name);
        var plain = new StringBuilder();
        foreach (var letter in tidy) plain.Append(char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' ? letter : '_');
        return $"attachment; filename=\"{plain}\"; filename*=UTF-8''{Uri.EscapeDataString(tidy)}";
    }

    // Zero-width letters and those that change the reading direction: "report<RLO>fdp.exe" reads as a PDF.
    private static bool IsInvisible(char letter) => char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.Surrogate
        && !char.IsSurrogate(letter);
}
