using VulnDiag.Mail.Incoming;
using VulnDiag.Mail.Support;

namespace VulnDiag.Mail.Outgoing;

public sealed class MaildirTransportTests : IDisposable
{
    private const string Archive = "archive@vulndiag.example";
    private readonly TemporaryFolder _folder = new();
    private readonly OutgoingMail _mail = MailCases.Compose("SilenceRequest");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_mail_goes_to_its_recipient_and_to_the_archive()
    {
        var transport = new MaildirTransport(_folder.Path, Archive);
        (await transport.ContainsAsync(_mail.MessageId, default)).ShouldBeFalse();

        (await transport.SendAsync(_mail, default)).ShouldBeOfType<SendResult.Accepted>();

        (await transport.ContainsAsync(_mail.MessageId, default)).ShouldBeTrue();
        var stored = (await new MaildirMailbox(_folder.Path, Samples.VendorMail).ReadAsync("", 0, default)).ShouldHaveSingleItem();
        stored.Raw.ToArray().ShouldBe(_mail.Raw.ToArray());
        Directory.GetFiles(Path.Combine(_folder.Path, Samples.VendorMail, "tmp")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sending_again_makes_no_second_copy_even_after_it_was_read()
    {
        var transport = new MaildirTransport(_folder.Path, Archive);
        var mailbox = new MaildirMailbox(_folder.Path, Samples.VendorMail);
        await transport.SendAsync(_mail, default);
        await transport.SendAsync(_mail, default);
        var stored = (await mailbox.ReadAsync("", 0, default)).ShouldHaveSingleItem();

        await mailbox.AcknowledgeAsync(stored, default);
        await mailbox.AcknowledgeAsync(stored, default);
        await transport.SendAsync(_mail, default);

        (await mailbox.ReadAsync("", 0, default)).ShouldBeEmpty();
        Directory.GetFiles(Path.Combine(_folder.Path, Samples.VendorMail, "cur")).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("../../etc@x.example")]
    [InlineData("a/b@x.example")]
    [InlineData("..")]
    [InlineData(".hidden@x.example")]
    public async Task No_address_leads_out_of_the_root(string address)
    {
        await new MaildirTransport(_folder.Path, Archive).SendAsync(_mail with { To = address }, default);
        Directory.GetDirectories(_folder.Path).Length.ShouldBe(2);
        Directory.GetDirectories(_folder.Path).Select(Path.GetFileName).ShouldAllBe(static name => !name!.StartsWith('.'));
    }

    [Fact]
    public async Task A_root_that_cannot_be_written_is_a_reason_to_try_again()
    {
        var file = Path.Combine(_folder.Path, "file");
        await File.WriteAllTextAsync(file, "");
        (await new MaildirTransport(file, Archive).SendAsync(_mail, default)).ShouldBeOfType<SendResult.Transient>();
    }

    [Fact]
    public async Task An_empty_mailbox_is_no_fault() => (await new MaildirMailbox(_folder.Path, "nobody@x.example").ReadAsync("", 0, default)).ShouldBeEmpty();

    [Fact]
    public async Task A_mailbox_whose_folder_is_gone_is_not_an_empty_one()
    {
        var mailbox = new MaildirMailbox(_folder.Path, "diagnosis@vulndiag.example");
        (await mailbox.ReadAsync("", 0, default)).ShouldBeEmpty();

        Directory.Delete(Path.Combine(_folder.Path, "diagnosis@vulndiag.example"), recursive: true);

        await Should.ThrowAsync<IOException>(() => mailbox.ReadAsync("", 0, default));
    }
}
