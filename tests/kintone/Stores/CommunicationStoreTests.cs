using Newtonsoft.Json.Linq;
using VulnDiag.Domain;
using VulnDiag.Domain.Mailing;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Mapping;
using VulnDiag.Kintone.Support;
using VulnDiag.Lab.Kintone.Faults;

namespace VulnDiag.Kintone.Stores;

public sealed class CommunicationStoreTests(InstalledTenant installed) : IClassFixture<InstalledTenant>
{
    private readonly Tenant tenant = installed.Tenant;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_is_claimed_once_however_many_try()
    {
        var mail = Mail();
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(each =>
            new CommunicationStore(tenant.As("worker"), tenant.Apps).ClaimAsync(mail with { Holder = $"worker-{each}" }, Ct)));
        claims.Count(static claim => claim.Mine).ShouldBe(1);
        claims.Select(static claim => claim.Record.RecordId).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_claim_whose_answer_was_lost_is_still_ours()
    {
        var store = new CommunicationStore(tenant.As("worker"), tenant.Apps);
        tenant.Emulator.Faults.Add(new Fault(FaultKind.CutAfter, Method: "POST", PathContains: "record.json"));
        var claim = await store.ClaimAsync(Mail(), Ct);
        claim.Mine.ShouldBeTrue();
        (await store.ClaimedAsync(Ct)).ShouldContain(row => row.RecordId == claim.Record.RecordId);
    }

    [Fact]
    public async Task A_claim_that_never_arrived_is_an_error_and_no_claim()
    {
        var store = new CommunicationStore(tenant.As("worker"), tenant.Apps);
        var mail = Mail();
        tenant.Emulator.Faults.Add(new Fault(FaultKind.CutBefore, Method: "POST", PathContains: "record.json"));
        await Should.ThrowAsync<KintoneException>(() => store.ClaimAsync(mail, Ct));
        (await store.FindAsync(mail.Key, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Every_part_of_a_mail_survives_the_round_trip()
    {
        var store = new CommunicationStore(tenant.As("worker"), tenant.Apps);
        var claim = await store.ClaimAsync(Mail(), Ct);
        var marked = await store.MarkAsync(
            claim.Record with
            {
                State = CommunicationState.Sent, At = new DateTimeOffset(2026, 11, 24, 1, 30, 0, TimeSpan.Zero), MessageId = "<a@example.jp>", Body = "本文\n二行目",
                Proposal = "回線=L1\n回答=承認", Handling = ProposalHandling.Open, Remark = "備考",
            },
            Ct);
        (await store.FindAsync(marked.Key, Ct)).ShouldBe(marked);
        (await store.LoadAsync(marked.Engagement!.Value, Ct)).ShouldContain(marked with { Key = "" });
    }

    [Fact]
    public async Task An_accepted_proposal_is_found_and_the_coordinator_can_change_nothing_else()
    {
        var store = new CommunicationStore(tenant.As("worker"), tenant.Apps);
        var claim = await store.ClaimAsync(Mail() with { Handling = ProposalHandling.Open, Proposal = "回答=承認" }, Ct);
        var coordinator = tenant.As("coordinator");
        await Should.ThrowAsync<KintoneException>(() => coordinator.Records.UpdateAsync(tenant.Apps.Communication, claim.Record.RecordId, claim.Record.Revision, new JObject { ["状態"] = Tenant.Value("送信済") }, Ct));
        await coordinator.Records.UpdateAsync(tenant.Apps.Communication, claim.Record.RecordId, claim.Record.Revision, new JObject { ["対応状況"] = Tenant.Value("採用") }, Ct);
        (await store.AcceptedAsync(Ct)).ShouldContain(row => row.RecordId == claim.Record.RecordId);
    }

    [Fact]
    public async Task An_inbound_mail_that_answers_nothing_is_logged_without_engagement()
    {
        var store = new CommunicationStore(tenant.As("worker"), tenant.Apps);
        var mail = new CommunicationRecord { Key = $"in/{Guid.NewGuid()}", Holder = "w", Direction = CommunicationDirection.Incoming, State = CommunicationState.Received, Subject = "広告\r\nBcc: x" };
        await store.ClaimAsync(mail, Ct);
        var read = (await store.FindAsync(mail.Key, Ct)).ShouldNotBeNull();
        read.Engagement.ShouldBeNull();
        read.Kind.ShouldBeNull();
        read.Subject.ShouldBe("広告  Bcc: x");
    }

    private static CommunicationRecord Mail() => new()
    {
        Key = $"000123/VAL/v@example.jp/{Guid.NewGuid()}", Holder = "worker-1", Direction = CommunicationDirection.Outgoing, Engagement = new EngagementId(123),
        Reference = "VD-000123-VAL", Kind = MailKind.ValidityRequest, Party = "v@example.jp", Subject = "妥当性確認のお願い", State = CommunicationState.Claimed, InReplyTo = "<b@example.jp>",
    };
}
