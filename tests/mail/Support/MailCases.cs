using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Support;

/// <summary>Every mail in the shapes in which it can go out, by the name of its golden files.</summary>
internal static class MailCases
{
    internal static readonly IReadOnlyDictionary<string, MailOrder> All = Build();

    internal static TheoryData<string> Names => [.. All.Keys];

    internal static OutgoingMail Compose(string name) => MailComposer.Compose(All[name], Samples.Engagement, Samples.Texts, Samples.Now);

    private static SortedDictionary<string, MailOrder> Build()
    {
        var cases = new SortedDictionary<string, MailOrder>(StringComparer.Ordinal);
        foreach (var kind in new[] { MailKind.HearingReceived, MailKind.DatesFixed, MailKind.FlashReport, MailKind.ReportPosted, MailKind.ReceiptReminder })
        {
            cases.Add($"{kind}", Samples.Order(kind, Samples.Hospital));
        }

        foreach (var kind in new[] { MailKind.SameDayRequest, MailKind.ScanStarted, MailKind.ScanFinished, MailKind.ScanSuspended, MailKind.Cancelled })
        {
            cases.Add($"{kind}.hospital", Reasoned(Samples.Order(kind, Samples.Hospital)));
            cases.Add($"{kind}.vendor", Reasoned(Samples.Order(kind, Samples.Vendor)));
        }

        cases.Add("HearingIncomplete", Samples.Order(MailKind.HearingIncomplete, Samples.Hospital) with
        {
            Sentences = ["回線 L1 の「グローバルIPアドレス」がプライベートアドレスです。", "回線 L2 の「通信形態」が未記入です。"],
        });
        cases.Add("MeetingRequest", Reasoned(Samples.Order(MailKind.MeetingRequest, Samples.Hospital)));
        cases.Add("OutOfScope", Samples.Order(MailKind.OutOfScope, Samples.Hospital) with
        {
            Sentences = ["回線 L1：閉域網の回線のため", "回線 L2：グローバルIPアドレスとFQDNの両方が連携なしのため"],
        });
        cases.Add("ValidityRequest", Samples.Order(MailKind.ValidityRequest, Samples.Vendor));
        var silence = Samples.Order(MailKind.SilenceRequest, Samples.Vendor) with { Calendar = [Samples.Event(1, Samples.Night), Samples.Event(2, Samples.Day)] };
        cases.Add("SilenceRequest", silence);
        cases.Add("SilenceRequest.one-line", silence with { Lines = [new("L1")], Windows = [Samples.Night], Calendar = [Samples.Event(1, Samples.Night, 1)], Key = "000123:SIL:one" });
        cases.Add("SilenceRequest.fewer", silence with
        {
            Windows = [Samples.Night],
            Calendar = [Samples.Event(1, Samples.Night, 1), Samples.Event(2, Samples.Day, 1) with { Withdrawn = true }],
            Key = "000123:SIL:fewer",
        });
        cases.Add("SilenceWithdrawn", Samples.Order(MailKind.SilenceWithdrawn, Samples.Vendor) with
        {
            About = MailKind.SilenceRequest,
            Questions = [],
            Calendar = [Samples.Event(1, Samples.Night, 1) with { Withdrawn = true }, Samples.Event(2, Samples.Day, 1) with { Withdrawn = true }],
        });
        cases.Add("Cancelled.invitation", Reasoned(Samples.Order(MailKind.Cancelled, Samples.Vendor)) with
        {
            Calendar = [Samples.Event(1, Samples.Night, 2) with { Withdrawn = true }, Samples.Event(2, Samples.Day, 2) with { Withdrawn = true }],
            Key = "000123:CAN:invitation",
        });
        var reminder = Samples.Order(MailKind.Reminder, Samples.Vendor);
        cases.Add("Reminder.validity", reminder with { About = MailKind.ValidityRequest });
        cases.Add("Reminder.silence", reminder with { About = MailKind.SilenceRequest });
        cases.Add("Reminder.hearing", Reasoned(Samples.Order(MailKind.Reminder, Samples.Hospital)) with { About = MailKind.HearingIncomplete, Windows = [] });
        cases.Add("Reminder.open", Samples.Order(MailKind.Reminder, Samples.Hospital) with { About = MailKind.HearingReceived, Lines = [], Windows = [], Deadline = null });
        cases.Add("Reminder.meeting", Samples.Order(MailKind.Reminder, Samples.Hospital) with { About = MailKind.MeetingRequest, Windows = [] });
        cases.Add("Escalation", Reasoned(Samples.Order(MailKind.Escalation, Samples.Coordinator)) with { Key = "000123:ESC:1" });
        cases.Add("ExploitedLater", Samples.Order(MailKind.ExploitedLater, Samples.Coordinator) with { Lines = [], Windows = [], Sentences = ["回線 L1 tcp/443 CVE-1999-9001"], Key = "000123:KEV:1" });
        return cases;
    }

    private static MailOrder Reasoned(MailOrder order) => order with { Sentences = ["理由を伝える一つ目の文です。", "二つ目の文は <記号> & を含みます。"] };
}
