using VulnDiag.Domain.Calendar;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Scheduling;

namespace VulnDiag.Domain.Steps;

/// <summary>A step at work: the record, the context, and what has been decided so far.</summary>
internal sealed class StepDraft
{
    private readonly List<Effect> _effects = [];
    private readonly List<DateTimeOffset> _wakeUps = [];
    private readonly List<string> _staffNotices = [];
    private ScanOrder _scans = ScanOrder.None("");

    internal StepDraft(Engagement engagement, StepContext context)
    {
        Engagement = engagement;
        Context = context;
        var seen = engagement.Facts.StateSeen;
        Arrived = seen != engagement.State;
        CameFrom = Arrived ? seen ?? EngagementState.HearingOpen : null;
        Facts = Arrived
            ? engagement.Facts with { StateSeen = engagement.State, StateSince = context.Now, Deadline = null, SentBackBecause = "" }
            : engagement.Facts;
        if (CameFrom is EngagementState.Suspended && engagement.State is (EngagementState.Ready or EngagementState.Scheduling)) Facts = Facts with { StopReason = "" };
    }

    internal Engagement Engagement { get; }

    internal StepContext Context { get; }

    internal HearingRecord Hearing => Engagement.Hearing;

    internal DateTimeOffset Now => Context.Now;

    /// <summary>True when a person moved the record here, by whatever button: our own moves stamp the state in the same write.</summary>
    internal bool Arrived { get; }

    /// <summary>The state in which the worker saw it last before people moved it, or null. A record never seen began in 回答待ち.</summary>
    internal EngagementState? CameFrom { get; }

    internal EngagementFacts Facts { get; set; }

    internal DateTimeOffset Since => Facts.StateSince ?? Now;

    internal IReadOnlyList<LineView> Lines => LineView.Of(Engagement, Facts);

    internal void UpdateLines(Func<LineView, LineFacts> change)
    {
        foreach (var line in Lines)
        {
            var changed = change(line);
            if (changed != line.Facts) Facts = Facts.With(changed);
        }
    }

    internal void Do(Effect effect) => _effects.Add(effect);

    internal void Run(ScanOrder order) => _scans = order;

    internal void LookAgainAt(DateTimeOffset instant)
    {
        if (instant > Now) _wakeUps.Add(instant);
    }

    /// <summary>Has a person among the assignees of this state; nothing for an empty name.</summary>
    internal void Assign(string person)
    {
        if (person.Length == 0 || Engagement.Assignees.Contains(person)) return;
        Do(new AssignPerson($"VD-{Engagement.Id}-ASG-{Engagement.Revision}-{FactHash.Short(person)}", Engagement.State, person));
    }

    /// <summary>A sentence for 対応事項, shown while it holds.</summary>
    internal void TellStaff(string sentence) => _staffNotices.Add(sentence);

    internal void TellHospital(IEnumerable<string> sentences) => Facts = Facts with { NoticeToHospital = string.Join('\n', sentences) };

    /// <summary>Orders a mail; <paramref name="about"/> tells one mail of this kind from another to the same recipient.</summary>
    internal void Mail(MailKind kind, Recipient to, string about, Func<MailOrder, MailOrder>? fill = null)
    {
        if (to.Mail.Length == 0 && to.Audience is not Audience.Coordinator) return;
        var order = new MailOrder
        {
            Kind = kind,
            Key = $"{MailKinds.Reference(Engagement.Id, kind)}-{FactHash.Short(to.Audience.ToString(), to.Mail, about)}",
            To = to,
        };
        _effects.Add(new SendMail(fill is null ? order : fill(order)));
    }

    internal Recipient Hospital => new(Audience.Hospital, Hearing.ContactMail, Hearing.HospitalName, Hearing.ContactName);

    internal static Recipient Coordinator => new(Audience.Coordinator, "", "", "");

    internal static Recipient To(Vendor vendor) => new(Audience.Vendor, vendor.Mail, vendor.Company, vendor.Person);

    /// <summary>Deadline, reminders and escalation of the present state; <paramref name="remind"/> orders the reminders.</summary>
    /// <param name="waitingFor">What the coordinator is told.</param>
    /// <param name="remind">Orders a reminder.</param>
    /// <param name="from">From when the time counts; null for the entry into the state.</param>
    /// <returns>True once the deadline has passed.</returns>
    internal bool KeepDeadline(string waitingFor, Action<string>? remind = null, DateTimeOffset? from = null)
    {
        var deadline = Deadlines.Of(Engagement.State, from ?? Since, Context.Settings.Calendar);
        if (deadline is null) return false;
        Facts = Facts with { Deadline = deadline.Due };
        var since = Since.ToUniversalTime().ToString("yyyyMMddHHmm", System.Globalization.CultureInfo.InvariantCulture);
        for (var ordinal = 0; ordinal < deadline.Reminders.Count; ordinal++)
        {
            if (Now >= deadline.Reminders[ordinal]) remind?.Invoke($"{Engagement.State}-{since}-{ordinal + 1}");
            else LookAgainAt(deadline.Reminders[ordinal]);
        }

        LookAgainAt(deadline.Due);
        if (Now < deadline.Escalation)
        {
            LookAgainAt(deadline.Escalation);
        }
        else
        {
            Mail(MailKind.Escalation, Coordinator, $"{Engagement.State}-{since}", order => order with { Sentences = [waitingFor], Deadline = deadline.Due });
            TellStaff(Texts.Of("overdue", waitingFor));
        }

        return Now >= deadline.Due;
    }

    internal StepResult Stay() => Finish(null, Engagement.State);

    /// <summary>Undoes a person's move that has no ground, and says why.</summary>
    internal StepResult SendBack(Trigger trigger, IReadOnlyList<string> reasons)
    {
        Facts = Facts with { SentBackBecause = string.Join('\n', reasons) };
        return Move(trigger);
    }

    /// <summary>Leaves a state that there is nothing to wait for in; where a person brought it here, that had no ground, and it is said why.</summary>
    internal StepResult LeaveAgain(Trigger trigger, string why) => Arrived ? SendBack(trigger, [Texts.Of(why)]) : Move(trigger);

    /// <summary>Takes a person's move back and with it what the record knew of its state: where several buttons were pressed in a row, the one before is checked next.</summary>
    internal StepResult Undo(Trigger trigger, IReadOnlyList<string> reasons)
    {
        var result = SendBack(trigger, reasons);
        var before = Engagement.Facts;
        return result with { Facts = result.Facts with { StateSeen = before.StateSeen, StateSince = before.StateSince, Deadline = before.Deadline } };
    }

    internal StepResult Move(Trigger trigger)
    {
        var transition = EngagementLifecycle.Find(Engagement.State, trigger)
            ?? throw new InvalidOperationException($"{trigger} makes no move from {Engagement.State}.");
        return Finish(trigger, transition.To);
    }

    private StepResult Finish(Trigger? move, EngagementState state)
    {
        if (move is null) StaleInvitations.Withdraw(this);
        var facts = Facts with { NoticeToStaff = string.Join('\n', _staffNotices.Distinct()) };
        if (state != Engagement.State) facts = facts with { StateSeen = state, StateSince = Now, Deadline = null };
        return new StepResult
        {
            Facts = facts,
            Effects = _effects,
            Scans = state == Engagement.State ? _scans : ScanOrder.None(Texts.Of("scan-ends-with-state", state.NameJa())),
            Move = move,
            LookAgainAt = _wakeUps.Count == 0 ? null : _wakeUps.Min(),
        };
    }
}
