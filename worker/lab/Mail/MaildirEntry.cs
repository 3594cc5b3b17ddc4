namespace VulnDiag.Lab.Mail;

/// <summary>A message in a Maildir folder.</summary>
/// <param name="Address">The address whose folder it is in.</param>
/// <param name="Path">The file.</param>
/// <param name="IsNew">Whether nobody has read it yet.</param>
public sealed record MaildirEntry(string Address, string Path, bool IsNew);
