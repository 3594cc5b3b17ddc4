namespace VulnDiag.Mail.Incoming;

/// <summary>The mailbox that answers come to.</summary>
public interface IMailbox
{
    /// <summary>How many mails a reading gives at most; one that gives fewer has come to the end.</summary>
    const int Batch = 100;

    /// <summary>The mails that came after <paramref name="mark"/>, oldest first, at most <see cref="Batch"/>.</summary>
    /// <param name="mark">The <see cref="StoredMail.Mark"/> of the last mail that was dealt with, or empty at the first time.</param>
    /// <param name="skip">How many of them to leave out from the start: those that were read and not yet dealt with.</param>
    /// <param name="cancellationToken">Stops reading; nothing is lost.</param>
    /// <exception cref="IOException">The mailbox cannot be read now.</exception>
    Task<IReadOnlyList<StoredMail>> ReadAsync(string mark, int skip, CancellationToken cancellationToken);

    /// <summary>Shows in the mailbox that this mail was dealt with. Doing it twice is harmless.</summary>
    /// <exception cref="IOException">The mailbox cannot be written now; the mail stays as it is.</exception>
    Task AcknowledgeAsync(StoredMail mail, CancellationToken cancellationToken);
}

/// <summary>A mail as the mailbox holds it.</summary>
/// <param name="Id">Hash of its bytes: the same mail has the same id, even when the server numbers its mails anew.</param>
/// <param name="Mark">Where reading goes on after it.</param>
/// <param name="Raw">The mail; of one that is larger than the mailbox takes, the header only.</param>
public sealed record StoredMail(string Id, string Mark, ReadOnlyMemory<byte> Raw);
