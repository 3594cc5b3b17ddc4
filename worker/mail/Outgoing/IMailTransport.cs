namespace VulnDiag.Mail.Outgoing;

/// <summary>Sends one mail to its recipient and to our archive box.</summary>
public interface IMailTransport
{
    /// <summary>Tries once; never retries by itself.</summary>
    /// <exception cref="OperationCanceledException">Cancelled: as after a crash, the archive decides whether it went out.</exception>
    Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}

/// <summary>How a try to send ended.</summary>
/// <param name="Reply">The server's words, on one line.</param>
public abstract record SendResult(string Reply)
{
    /// <summary>The server took it for the recipient and for the archive box.</summary>
    public sealed record Accepted(string Reply) : SendResult(Reply);

    /// <summary>Refused for good: trying again is of no use. Nobody got it.</summary>
    public sealed record Refused(string Reply) : SendResult(Reply);

    /// <summary>Not now; nobody got it. Try again later.</summary>
    public sealed record Transient(string Reply) : SendResult(Reply);

    /// <summary>In doubt: the whole mail may have been taken before the answer was lost. Ask the archive before anything else.</summary>
    public sealed record Unknown(string Reply) : SendResult(Reply);
}

/// <summary>The box that holds a copy of every mail that went out. After a crash or in doubt, it decides.</summary>
public interface ISentArchive
{
    /// <summary>True when the box holds a mail with this Message-ID (without angle brackets).</summary>
    /// <exception cref="IOException">The box cannot be read, so that it cannot decide: nothing is sent again.</exception>
    Task<bool> ContainsAsync(string messageId, CancellationToken cancellationToken);
}
