namespace VulnDiag.Domain.Hearing;

/// <summary>Reads one plain mail address.</summary>
/// <remarks>Source: RFC 5321 sections 2.3.5, 4.1.2 and 4.5.3.1 (dot-string local parts, lengths); quoted and internationalised local parts are not for people here.</remarks>
internal static class MailAddressReader
{
    private const int LongestAddress = 254;
    private const int LongestLocalPart = 64;
    private const string AtomMarks = "!#$%&'*+-/=?^_`{|}~";

    /// <summary>Lower case, and the domain in ASCII where IDNA can say it; idempotent.</summary>
    internal static string Normalize(string typed)
    {
        var text = TextFolding.Lower(typed);
        var at = text.LastIndexOf('@');
        return at < 0 ? text : TextFolding.Lower(text[..(at + 1)] + FqdnReader.Normalize(text[(at + 1)..]));
    }

    /// <summary>True for exactly one address that mail can be sent to.</summary>
    internal static bool IsValid(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at <= LongestLocalPart && text.Length <= LongestAddress
            && text[..at].Split('.').All(IsAtom)
            && FqdnReader.FaultOf(text[(at + 1)..], laboratory: true) is null;
    }

    private static bool IsAtom(string atom) =>
        atom.Length > 0 && atom.All(static each => char.IsAsciiLetterOrDigit(each) || AtomMarks.Contains(each, StringComparison.Ordinal));
}
