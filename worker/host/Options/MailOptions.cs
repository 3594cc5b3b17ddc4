using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace VulnDiag.Worker.Options;

/// <summary>The door that mail goes through.</summary>
internal enum MailDoor
{
    /// <summary>SMTP out, IMAP in.</summary>
    Network,

    /// <summary>Maildir folders, out and in.</summary>
    Maildir,
}

/// <summary>What happens with an answer form that came back filled in.</summary>
internal enum AnswerHandling
{
    /// <summary>It is shown to the coordinator, who records it.</summary>
    Propose,

    /// <summary>A complete, unambiguous answer from an asked address is recorded by itself; the rest is shown.</summary>
    Apply,
}

/// <summary>How a connection is encrypted. There is no plain one, and none that only tries.</summary>
internal enum ConnectionSecurity
{
    /// <summary>STARTTLS, required.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    SslOnConnect,
}

/// <summary>How mail goes out and comes in.</summary>
internal sealed record MailOptions : INeedsSettings
{
    /// <summary>SMTP and IMAP, or Maildir folders.</summary>
    public MailDoor Door { get; init; } = MailDoor.Network;

    /// <summary>Sender's address; replies come back to it.</summary>
    [MailAddressText]
    public string From { get; init; } = "";

    /// <summary>Sender's name.</summary>
    public string FromName { get; init; } = "";

    /// <summary>Our own archive box: every mail goes there in the same transaction, and after a crash it decides.</summary>
    [MailAddressText]
    public string Archive { get; init; } = "";

    /// <summary>Where escalations go.</summary>
    [MailAddressText]
    public string Coordinators { get; init; } = "";

    /// <summary>How long the archive may lag behind before a mail that is not in it counts as not sent.</summary>
    [Range(0, 1440)]
    public int ArchiveGraceMinutes { get; init; } = 10;

    /// <summary>What happens with an answer form that came back filled in.</summary>
    public AnswerHandling Answers { get; init; } = AnswerHandling.Propose;

    /// <summary>Outgoing server.</summary>
    public MailServerOptions Smtp { get; init; } = new() { Port = 587 };

    /// <summary>Mailbox that replies arrive in.</summary>
    public MailServerOptions Imap { get; init; } = new() { Port = 143 };

    /// <summary>Mailbox that the archive copies arrive in.</summary>
    public MailServerOptions ArchiveImap { get; init; } = new() { Port = 143 };

    /// <summary>Folder of the Maildirs, a folder per address.</summary>
    public string MaildirFolder { get; init; } = "";

    public IEnumerable<string> Missing()
    {
        if (From.Length == 0) yield return nameof(From);
        if (Archive.Length == 0) yield return nameof(Archive);
        if (Coordinators.Length == 0) yield return nameof(Coordinators);
        if (Door == MailDoor.Maildir)
        {
            if (MaildirFolder.Length == 0) yield return nameof(MaildirFolder);
            yield break;
        }

        foreach (var name in Smtp.Missing()) yield return $"{nameof(Smtp)}:{name}";
        foreach (var name in Imap.Missing()) yield return $"{nameof(Imap)}:{name}";
        foreach (var name in ArchiveImap.Missing()) yield return $"{nameof(ArchiveImap)}:{name}";
    }
}

/// <summary>One mail server.</summary>
internal sealed record MailServerOptions : INeedsSettings
{
    /// <summary>Host name; its certificate must be for it.</summary>
    public string Host { get; init; } = "";

    /// <summary>TCP port.</summary>
    [Range(1, 65535)]
    public int Port { get; init; } = 587;

    /// <summary>How the connection is encrypted.</summary>
    public ConnectionSecurity Security { get; init; } = ConnectionSecurity.StartTls;

    /// <summary>Login name.</summary>
    public string User { get; init; } = "";

    /// <summary>Password.</summary>
    [Secret]
    public string Password { get; init; } = "";

    /// <summary>A file (mode 0600) that holds the password, instead of the environment.</summary>
    public string PasswordFile { get; init; } = "";

    public IEnumerable<string> Missing()
    {
        if (Host.Length == 0) yield return nameof(Host);
        if (User.Length == 0) yield return nameof(User);
        if (Password.Length == 0 && PasswordFile.Length == 0) yield return nameof(Password);
    }
}

/// <summary>Rules across the fields of <see cref="MailOptions"/>.</summary>
internal sealed class MailOptionsRules : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        if (options.Archive.Length > 0 && Same(options.Archive, options.From))
            return ValidateOptionsResult.Fail($"{nameof(MailOptions.Archive)}: must be another box than {nameof(MailOptions.From)}, or our own copies would be read as replies.");
        return ValidateOptionsResult.Success;
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
