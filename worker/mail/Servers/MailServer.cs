namespace VulnDiag.Mail.Servers;

/// <summary>How a connection becomes encrypted. There is no other way: nothing is said in the clear, least of all a password.</summary>
public enum MailSecurity
{
    /// <summary>STARTTLS, or no connection.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,
}

/// <summary>A mail server and how to log in.</summary>
public sealed record MailServer
{
    /// <summary>Name, as its certificate has it.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port.</summary>
    public required int Port { get; init; }

    /// <summary>How the connection becomes encrypted.</summary>
    public MailSecurity Security { get; init; } = MailSecurity.Tls;

    /// <summary>Login name.</summary>
    public required string User { get; init; }

    /// <summary>Password.</summary>
    public required string Password { get; init; }

    /// <summary>PEM file of the authorities to trust instead of the system's, or null.</summary>
    public string? TrustedCaFile { get; init; }

    /// <summary>How long each half of a conversation may take: connecting and logging in, then the rest.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Host and port; never the password.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
