using Newtonsoft.Json.Linq;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Support;

namespace VulnDiag.Kintone.Apps;

/// <summary>Presses every action in every state as every role.</summary>
[Trait("Category", "Slow")]
public sealed class ActionRightsTests(InstalledTenant installed) : IClassFixture<InstalledTenant>
{
    private static readonly string[] CanSee = ["worker", "coordinator", "analyst", "approver", "hospital-a"];

    private readonly Tenant tenant = installed.Tenant;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<EngagementState> States => new(Enum.GetValues<EngagementState>().Where(static state => !state.IsFinal()));

    [Theory]
    [MemberData(nameof(States))]
    public async Task Only_the_assignees_of_a_state_can_press_peoples_actions_and_only_the_worker_its_own(EngagementState state)
    {
        var record = await StandingInAsync(state);
        foreach (var row in EngagementLifecycle.Transitions.Where(row => row.From == state))
        {
            IReadOnlyList<string> allowed = row.By == Mover.Worker ? ["worker"] : Assigned(state);
            foreach (var login in Tenant.People.Except(allowed))
            {
                var refused = await Should.ThrowAsync<KintoneException>(() => tenant.As(login).Statuses.MoveAsync(tenant.Apps.Engagement, record.Id, record.Revision, row.ActionJa, Ct), $"{login} {row.ActionJa}");
                refused.Transient.ShouldBeFalse();
            }

            foreach (var login in allowed)
            {
                await tenant.As(login).Statuses.MoveAsync(tenant.Apps.Engagement, record.Id, record.Revision, row.ActionJa, Ct);
                (await StateAsync(record.Id)).ShouldBe(row.To);
                record = await StandingInAsync(state);
            }
        }
    }

    /// <summary>In the first state nobody is assigned, and whoever sees the record may act.</summary>
    private static IReadOnlyList<string> Assigned(EngagementState state) => state == EngagementState.HearingOpen ? CanSee :
    [
        "worker",
        .. state.Assignees().Select(static assignee => assignee switch
        {
            "coordinators" => "coordinator",
            "hospital" => "hospital-a",
            _ => assignee,
        }),
    ];

    private async Task<RecordVersion> StandingInAsync(EngagementState state)
    {
        var record = await tenant.NewEngagementAsync(new JObject { ["分析担当"] = User("analyst"), ["承認者"] = User("approver") });
        foreach (var row in PathTo(state))
        {
            var login = row.From == EngagementState.HearingOpen ? "hospital-a" : "worker";
            record = record with { Revision = await tenant.As(login).Statuses.MoveAsync(tenant.Apps.Engagement, record.Id, record.Revision, row.ActionJa, Ct) };
        }

        return record;
    }

    private static List<Transition> PathTo(EngagementState state)
    {
        var paths = new Dictionary<EngagementState, List<Transition>> { [EngagementState.HearingOpen] = [] };
        var open = new Queue<EngagementState>(paths.Keys);
        while (!paths.ContainsKey(state))
        {
            var from = open.Dequeue();
            foreach (var row in EngagementLifecycle.Transitions.Where(row => row.From == from && paths.TryAdd(row.To, [.. paths[from], row]))) open.Enqueue(row.To);
        }

        return paths[state];
    }

    private async Task<EngagementState?> StateAsync(long id) =>
        EngagementLifecycle.FromNameJa((await tenant.As("worker").Records.GetAsync(tenant.Apps.Engagement, id, Ct))!["ステータス"]!["value"]!.ToString());

    private static JObject User(string login) => Tenant.Value(new JArray(new JObject { ["code"] = login }));
}
