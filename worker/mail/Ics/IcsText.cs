namespace VulnDiag.Mail.Ics;

/// <summary>One iTIP object as text.</summary>
/// <param name="Method">REQUEST or CANCEL, as in the text; the part's Content-Type says it too (RFC 6047 section 2.4).</param>
/// <param name="Text">The VCALENDAR.</param>
public sealed record IcsText(string Method, string Text);
