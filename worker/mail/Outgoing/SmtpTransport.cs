using System.Globalization;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;
using VulnDiag.Mail.Servers;

namespace VulnDiag.Mail.Outgoing;

/// <summary>Sends by SMTP submission: one transaction for the recipient and the archive box, so that one cannot have it without the other.</summary>
/// <remarks>Source: RFC 5321 sections 3.3 and 4.2.5 (a mail is taken when, and only when, the final dot is answered by 250); RFC 3461 (notices).</remarks>
public sealed class SmtpTransport : IMailTransport
{
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);

    private readonly MailServer _server;
    private readonly string _archiveAddress;

    /// <summary>A transport over one submission server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="archiveAddress">Address of the box that gets a copy of every mail.</param>
    public SmtpTransport(MailServer server, string archiveAddress)
    {
        _server = server;
        _archiveAddress = archiveAddress;
    }

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        using var client = new NoticeSmtpClient(_server, mail);
        try
        {
            await TlsRules.LogInAsync(client, _server, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (TlsRules.IsOfTheWorld(fault, cancellationToken))
        {
            return new SendResult.Transient(Words(fault));
        }

        var result = await TransactAsync(client, mail, cancellationToken).ConfigureAwait(false);
        await LeaveAsync(client, cancellationToken).ConfigureAwait(false);
        return result;
    }

    private async Task<SendResult> TransactAsync(SmtpClient client, OutgoingMail mail, CancellationToken cancellationToken)
    {
        using var raw = new MemoryStream(mail.Raw.ToArray(), writable: false);
        using var message = await MimeMessage.LoadAsync(raw, cancellationToken).ConfigureAwait(false);
        var data = new DataProgress();
        try
        {
            IReadOnlyList<MailboxAddress> recipients = [MailboxAddress.Parse(mail.To), MailboxAddress.Parse(_archiveAddress)];
            var reply = await Patience.LimitAsync(
                _server.Timeout,
                token => client.SendAsync(message, MailboxAddress.Parse(mail.From), recipients, token, data),
                cancellationToken).ConfigureAwait(false);
            return new SendResult.Accepted(OneLine(reply));
        }
        catch (SmtpCommandException fault)
        {
            return Judge(fault, data.Started);
        }
        catch (Exception fault) when (TlsRules.IsOfTheWorld(fault, cancellationToken))
        {
            return data.Started ? new SendResult.Unknown(Words(fault)) : new SendResult.Transient(Words(fault));
        }
    }

    /// <summary>MailKit gives up the whole transaction when one recipient is refused, before any data: so nobody got anything.</summary>
    private SendResult Judge(SmtpCommandException fault, bool dataStarted)
    {
        var words = $"{(int)fault.StatusCode} {OneLine(fault.Message)}";
        if (fault.ErrorCode is SmtpErrorCode.RecipientNotAccepted && IsArchive(fault.Mailbox))
            return new SendResult.Transient($"archive box: {words}");
        if ((int)fault.StatusCode >= 500) return new SendResult.Refused(words);
        // A 4xx after the data should mean "not taken", yet servers have delivered and then said so.
        return dataStarted ? new SendResult.Unknown(words) : new SendResult.Transient(words);
    }

    private bool IsArchive(MailboxAddress? mailbox) => string.Equals(mailbox?.Address, _archiveAddress, StringComparison.OrdinalIgnoreCase);

    /// <summary>The mail's fate is known by now; a server that does not say goodbye changes nothing.</summary>
    private static async Task LeaveAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await Patience.LimitAsync(Goodbye, token => QuitAsync(client, token), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (TlsRules.IsOfTheWorld(fault, cancellationToken) || fault is OperationCanceledException)
        {
            return;
        }
    }

    private static async Task<bool> QuitAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        await client.DisconnectAsync(quit: true, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static string Words(Exception fault) => fault is SmtpCommandException command
        ? $"{((int)command.StatusCode).ToString(CultureInfo.InvariantCulture)} {OneLine(command.Message)}"
        : OneLine(fault.Message);

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Remembers whether a byte of the message may have left.</summary>
    private sealed class DataProgress : ITransferProgress
    {
        internal bool Started { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => Started = true;

        public void Report(long bytesTransferred) => Started = true;
    }

    /// <summary>Asks for notice of failure and delay for the recipient, none for the archive box; the envelope carries our Message-ID.</summary>
    private sealed class NoticeSmtpClient : RuledSmtpClient
    {
        private readonly OutgoingMail _mail;

        internal NoticeSmtpClient(MailServer server, OutgoingMail mail)
            : base(server)
        {
            _mail = mail;
            DeliveryStatusNotificationType = DeliveryStatusNotificationType.HeadersOnly;
        }

        protected override string GetEnvelopeId(MimeMessage message) => _mail.MessageId;

        protected override DeliveryStatusNotification? GetDeliveryStatusNotifications(MimeMessage message, MailboxAddress mailbox) =>
            string.Equals(mailbox.Address, _mail.To, StringComparison.OrdinalIgnoreCase)
                ? DeliveryStatusNotification.Failure | DeliveryStatusNotification.Delay
                : DeliveryStatusNotification.Never;
    }
}
