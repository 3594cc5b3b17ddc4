using System.Text;
using Stateless.Reflection;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Steps;
using VulnDiag.TestSupport;

namespace VulnDiag.Domain.Tests.Lifecycle;

public sealed class LifecycleTests
{
    private static readonly EngagementState[] States = Enum.GetValues<EngagementState>();

    /// <summary>
    /// The table of SPEC "The life of an engagement", by the name that people see, typed in from there. The paragraph before it adds the
    /// worker's 差戻し of an unfounded move, which is what leads from 分析中 to 診断対象外 and from 報告済 to 発行準備中.
    /// </summary>
    private static readonly Dictionary<string, string[]> Specified = new()
    {
        ["回答待ち"] = ["ヒアリング受付"],
        ["ヒアリング受付"] = ["確認依頼中", "打合せ待ち", "診断対象外", "ベンダ確認中"],
        ["確認依頼中"] = ["ヒアリング受付", "診断対象外"],
        ["打合せ待ち"] = ["ヒアリング受付", "診断対象外"],
        ["診断対象外"] = ["ヒアリング受付", "分析中"],
        ["ベンダ確認中"] = ["日程調整中", "確認依頼中", "診断対象外", "ヒアリング受付"],
        ["日程調整中"] = ["静観依頼中", "診断待ち", "診断対象外", "ヒアリング受付"],
        ["静観依頼中"] = ["診断待ち", "日程調整中", "診断対象外", "ヒアリング受付"],
        ["診断待ち"] = ["当日IP確認中", "診断中", "日程調整中", "静観依頼中", "診断対象外", "ヒアリング受付"],
        ["当日IP確認中"] = ["診断待ち", "日程調整中", "静観依頼中", "診断対象外", "ヒアリング受付"],
        ["診断中"] = ["分析中", "診断待ち", "診断中断"],
        ["診断中断"] = ["診断待ち", "日程調整中", "分析中", "診断対象外", "ヒアリング受付"],
        ["分析中"] = ["報告書確認中", "診断対象外"],
        ["報告書確認中"] = ["発行準備中", "分析中"],
        ["発行準備中"] = ["報告済", "報告書確認中"],
        ["報告済"] = ["完了", "分析中", "発行準備中"],
        ["完了"] = [],
        ["中止"] = [],
    };

    [Fact]
    public void The_graph_is_the_one_of_the_specification()
    {
        foreach (var state in States)
        {
            var expected = Specified[state.NameJa()].Select(static name => EngagementLifecycle.FromNameJa(name)!.Value).ToHashSet();
            if (!state.IsFinal()) expected.Add(EngagementState.Cancelled);
            EngagementLifecycle.Transitions.Where(row => row.From == state).Select(static row => row.To).ToHashSet().ShouldBe(expected, ignoreOrder: true, state.ToString());
        }
    }

    [Fact]
    public void Stateless_describes_the_same_graph_as_the_table()
    {
        var described = EngagementLifecycle.Machine(EngagementState.HearingOpen).GetInfo().States
            .SelectMany(static state => state.FixedTransitions.Select(move => (From: (EngagementState)state.UnderlyingState, Trigger: (Trigger)move.Trigger.UnderlyingTrigger, To: (EngagementState)move.DestinationState.UnderlyingState)))
            .ToHashSet();

        described.ShouldBe(EngagementLifecycle.Transitions.Select(static row => (row.From, row.Trigger, row.To)).ToHashSet(), ignoreOrder: true);
    }

    [Fact]
    public void No_state_is_a_dead_end()
    {
        foreach (var state in States.Where(static state => !state.IsFinal()))
        {
            var reachable = Reach(state);
            reachable.ShouldContain(EngagementState.Completed, state.ToString());
            reachable.ShouldContain(EngagementState.Cancelled, state.ToString());
        }
    }

    [Fact]
    public void Action_names_are_unique_in_each_state_and_fit_kintone()
    {
        foreach (var rows in EngagementLifecycle.Transitions.GroupBy(static row => row.From))
            rows.Select(static row => row.ActionJa).ShouldBeUnique(rows.Key.ToString());
        EngagementLifecycle.Transitions.ShouldAllBe(static row => row.ActionJa.Length <= 64);
    }

    [Fact]
    public void A_trigger_makes_one_move_from_a_state() =>
        EngagementLifecycle.Transitions.Select(static row => (row.From, row.Trigger)).ShouldBeUnique();

    [Fact]
    public void Every_state_has_a_step() =>
        States.ShouldAllBe(static state => StepCatalogue.Find(state) != null);

    [Fact]
    public void No_state_but_the_first_is_without_assignees() =>
        States.Where(static state => state.Assignees().Count == 0).ShouldBe([EngagementState.HearingOpen]);

    [Fact]
    public void Persisted_names_and_numbers_stay_as_they_are()
    {
        var text = new StringBuilder();
        foreach (var state in States) text.Append((int)state).Append(' ').Append(state).Append(' ').Append(state.NameJa()).Append('\n');
        foreach (var trigger in Enum.GetValues<Trigger>()) text.Append((int)trigger).Append(' ').Append(trigger).Append('\n');
        Golden.Matches("domain/lifecycle-names.txt", text.ToString());
    }

    private static HashSet<EngagementState> Reach(EngagementState from)
    {
        var seen = new HashSet<EngagementState> { from };
        var open = new Queue<EngagementState>([from]);
        while (open.TryDequeue(out var state))
        {
            foreach (var next in EngagementLifecycle.Transitions.Where(row => row.From == state).Select(static row => row.To).Where(seen.Add)) open.Enqueue(next);
        }

        return seen;
    }
}
