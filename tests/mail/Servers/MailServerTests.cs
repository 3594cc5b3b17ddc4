using System.Text;
using VulnDiag.Mail.Incoming;
using VulnDiag.Mail.Outgoing;
using VulnDiag.Mail.Support;

namespace VulnDiag.Mail.Servers;

/// <summary>Mails through a real server: what arrives, what is refused, and what is known after a fault.</summary>
[Trait("Category", "Slow")]
public sealed class MailServerTests(MailServerFixture server) : IAsyncLifetime
{
    private const string Vendor = "VD_MAIL_VENDOR_USER";
    private const string Archive = "VD_MAIL_HOSPITAL_USER";
    private static int _made;

    public async ValueTask InitializeAsync()
    {
        await server.StartAsync();
        await server.CommandAsync("empty");
        await server.CommandAsync("fault", "clear");
        // The proxy forgets its counters when a connection has met an empty rules file.
        await new SmtpTransport(Submission(fault: true) with { User = "nobody" }, server[Archive]).SendAsync(Mail(), default);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("VD_SMTP_STARTTLS_PORT", MailSecurity.StartTls)]
    [InlineData("VD_SMTP_TLS_PORT", MailSecurity.Tls)]
    public async Task A_mail_arrives_byte_for_byte_at_its_recipient_and_in_the_archive(string port, MailSecurity security)
    {
        var mail = Mail();
        (await new SmtpTransport(server.Smtp(port, security), server[Archive]).SendAsync(mail, default)).ShouldBeOfType<SendResult.Accepted>();

        await server.WaitForMailAsync(Vendor, mail.MessageId);
        await server.WaitForMailAsync(Archive, mail.MessageId);
        var arrived = (await ArrivedAsync(Vendor, mail)).ShouldHaveSingleItem();
        Encoding.Latin1.GetString(arrived.Raw.Span).ShouldEndWith(Encoding.Latin1.GetString(mail.Raw.Span));
        (await ArchiveHolds(mail)).ShouldBeTrue();
        (await new ImapSentArchive(server.Imap(Archive)).ContainsAsync("vd.000123.SIL.other@vulndiag.test", default)).ShouldBeFalse();
    }

    [Fact]
    public async Task No_login_where_the_certificate_or_the_encryption_is_not_right()
    {
        var good = Submission(fault: false);
        // First a good connection, so that a session could be resumed.
        (await Send(good)).ShouldBeOfType<SendResult.Accepted>();

        (await Send(good with { Port = server.Port("VD_SMTP_WRONGHOST_TLS_PORT") })).ShouldBeOfType<SendResult.Transient>();
        (await Send(good with { Port = server.Port("VD_SMTP_UNTRUSTED_TLS_PORT") })).ShouldBeOfType<SendResult.Transient>();
        (await Send(good with { TrustedCaFile = null })).ShouldBeOfType<SendResult.Transient>();
        (await Send(good with { Port = server.Port("VD_SMTP_PLAIN_PORT"), Security = MailSecurity.StartTls })).ShouldBeOfType<SendResult.Transient>();
        (await Send(good with { Port = server.Port("VD_SMTP_PLAIN_PORT") })).ShouldBeOfType<SendResult.Transient>();
        (await Send(good with { Password = "wrong" })).ShouldBeOfType<SendResult.Transient>();
        (await Send(good with { Port = 1 })).ShouldBeOfType<SendResult.Transient>();

        var imap = server.Imap("VD_MAIL_USER");
        await Should.ThrowAsync<IOException>(() => new ImapMailbox(imap with { TrustedCaFile = null }).ReadAsync("", 0, default));
        await Should.ThrowAsync<IOException>(() => new ImapMailbox(imap with { Password = "wrong" }).ReadAsync("", 0, default));
        await Should.ThrowAsync<IOException>(() => new ImapMailbox(imap, "NoSuchFolder").ReadAsync("", 0, default));
    }

    [Theory]
    [InlineData("greylist 1", typeof(SendResult.Transient), false)]
    [InlineData("reject vendor@vendor.test 550 5.1.1 gone", typeof(SendResult.Refused), false)]
    [InlineData("reject vendor@vendor.test 452 4.2.2 full", typeof(SendResult.Transient), false)]
    [InlineData("reject hospital@hospital.test 550 5.1.1 no archive", typeof(SendResult.Transient), false)]
    [InlineData("reject-data 1", typeof(SendResult.Refused), false)]
    [InlineData("temp-data 1", typeof(SendResult.Unknown), false)]
    [InlineData("drop-mid-data 1", typeof(SendResult.Unknown), false)]
    [InlineData("drop-after-data 1", typeof(SendResult.Unknown), true)]
    [InlineData("lie-after-data 1", typeof(SendResult.Unknown), true)]
    [InlineData("close mail 1", typeof(SendResult.Transient), false)]
    [InlineData("cut rcpt 1", typeof(SendResult.Transient), false)]
    [InlineData("cut quit 1", typeof(SendResult.Accepted), true)]
    [InlineData("junk-banner 1", typeof(SendResult.Transient), false)]
    [InlineData("hide STARTTLS", typeof(SendResult.Transient), false)]
    public async Task After_a_fault_the_result_says_what_is_known_and_the_archive_what_happened(string rule, Type result, bool delivered)
    {
        var mail = Mail();
        await server.CommandAsync("fault", rule.Split(' '));
        (await Send(Submission(fault: true), mail)).ShouldBeOfType(result);
        await server.CommandAsync("fault", "clear");

        if (delivered) await server.WaitForMailAsync(Archive, mail.MessageId);
        (await ArchiveHolds(mail)).ShouldBe(delivered);
        if (delivered) await server.WaitForMailAsync(Vendor, mail.MessageId);
        (await ArrivedAsync(Vendor, mail)).Count.ShouldBe(delivered ? 1 : 0);
    }

    [Theory]
    [InlineData("delay connect 60", typeof(SendResult.Transient))]
    [InlineData("delay mail 60", typeof(SendResult.Transient))]
    [InlineData("delay dot 60", typeof(SendResult.Unknown))]
    [InlineData("delay quit 60", typeof(SendResult.Accepted))]
    public async Task A_server_that_lets_us_wait_is_left(string rule, Type result)
    {
        await server.CommandAsync("fault", rule.Split(' '));
        var started = TimeProvider.System.GetTimestamp();
        (await Send(Submission(fault: true) with { Timeout = TimeSpan.FromSeconds(10) })).ShouldBeOfType(result);
        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task A_mailbox_is_read_once_by_its_marks_and_known_again_when_the_server_counts_anew()
    {
        var user = server["VD_MAIL_USER"];
        using var folder = new TemporaryFolder();
        // The delivering program runs as the mail user.
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_101_101);
        foreach (var number in new[] { 1, 2, 3 })
        {
            var path = Path.Combine(folder.Path, $"{number}.eml");
            await File.WriteAllTextAsync(path, $"From: a@vendor.test\r\nSubject: {number}\r\n\r\n{number}\r\n");
            await server.CommandAsync("deliver", user, path);
        }

        await server.WaitForMailsAsync("VD_MAIL_USER", 3);
        var mailbox = new ImapMailbox(server.Imap("VD_MAIL_USER"));
        var all = await mailbox.ReadAsync("", 0, default);
        all.Count.ShouldBe(3);
        (await mailbox.ReadAsync(all[0].Mark, 0, default)).Select(static mail => mail.Id).ShouldBe(all.Skip(1).Select(static mail => mail.Id));
        (await mailbox.ReadAsync(all[^1].Mark, 0, default)).ShouldBeEmpty();
        await mailbox.AcknowledgeAsync(all[0], default);
        await mailbox.AcknowledgeAsync(all[0], default);

        // The server takes the second as the new number: in the same second nothing changes.
        IReadOnlyList<StoredMail> again = [];
        for (var attempt = 0; attempt < 5 && again.Count == 0; attempt++)
        {
            await server.CommandAsync("newvalidity", user);
            again = await mailbox.ReadAsync(all[^1].Mark, 0, default);
        }

        again.Select(static mail => mail.Id).ShouldBe(all.Select(static mail => mail.Id), ignoreOrder: true);
    }

    [Fact]
    public async Task A_real_bounce_names_our_request()
    {
        var mail = Mail("user@bounce.test");
        (await Send(Submission(fault: false), mail)).ShouldBeOfType<SendResult.Accepted>();
        await server.WaitForMailsAsync("VD_MAIL_USER", 1);
        var stored = (await new ImapMailbox(server.Imap("VD_MAIL_USER")).ReadAsync("", 0, default)).ShouldHaveSingleItem();

        var bounce = InboundReader.Read(stored.Raw);
        (bounce.Kind, bounce.Recipient, bounce.Status).ShouldBe((InboundKind.Bounce, "user@bounce.test", "5.1.1"));
        (bounce.Reference, bounce.AnsweredMessageId).ShouldBe(("VD-000123-SIL", mail.MessageId));
    }

    private MailServer Submission(bool fault) => fault
        ? server.Smtp("VD_SMTP_FAULT_STARTTLS_PORT", MailSecurity.StartTls)
        : server.Smtp("VD_SMTP_TLS_PORT", MailSecurity.Tls);

    private Task<SendResult> Send(MailServer submission, OutgoingMail? mail = null) =>
        new SmtpTransport(submission, server[Archive]).SendAsync(mail ?? Mail(), default);

    private Task<bool> ArchiveHolds(OutgoingMail mail) => new ImapSentArchive(server.Imap(Archive)).ContainsAsync(mail.MessageId, default);

    private async Task<IReadOnlyList<StoredMail>> ArrivedAsync(string user, OutgoingMail mail) =>
        [.. (await new ImapMailbox(server.Imap(user)).ReadAsync("", 0, default)).Where(stored => Encoding.Latin1.GetString(stored.Raw.Span).Contains(mail.MessageId, StringComparison.Ordinal))];

    private OutgoingMail Mail(string? to = null)
    {
        var order = MailCases.All["SilenceRequest"];
        order = order with { Key = $"{order.Key}-{Interlocked.Increment(ref _made)}" };
        var texts = Samples.Texts with { From = server["VD_MAIL_USER"], ReplyTo = server["VD_MAIL_USER"] };
        return MailComposer.Compose(order with { To = order.To with { Mail = to ?? server[Vendor] } }, Samples.Engagement, texts, Samples.Now);
    }
}
