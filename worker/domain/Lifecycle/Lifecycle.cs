using Stateless;
using VulnDiag.Domain.Data;

namespace VulnDiag.Domain.Lifecycle;

/// <summary>The life of an engagement: the one transition table as data, and the Stateless machine made from it.</summary>
/// <remarks>Guards stand in Steps/, never here: the graph alone is compared with kintone's process management. Source: SPEC "The life of an engagement".</remarks>
public static class EngagementLifecycle
{
    private static readonly Dictionary<EngagementState, (string Name, string[] Assignees)> States = LoadStates();

    /// <summary>Every transition, in the order of lifecycle.csv.</summary>
    public static IReadOnlyList<Transition> Transitions { get; } = LoadTransitions();

    /// <summary>ステータス of a state.</summary>
    public static string NameJa(this EngagementState state) => States[state].Name;

    /// <summary>Reads a ステータス; null when it is none of ours.</summary>
    public static EngagementState? FromNameJa(string name)
    {
        foreach (var (state, row) in States)
        {
            if (row.Name == name) return state;
        }

        return null;
    }

    /// <summary>Who is an assignee of the state beside the worker: <c>hospital</c>, <c>coordinators</c>, <c>analyst</c>, <c>approver</c>.</summary>
    public static IReadOnlyList<string> Assignees(this EngagementState state) => States[state].Assignees;

    /// <summary>True for 完了 and 中止.</summary>
    public static bool IsFinal(this EngagementState state) => !Transitions.Any(row => row.From == state);

    /// <summary>The transition that <paramref name="trigger"/> makes from <paramref name="from"/>, or null when it makes none.</summary>
    public static Transition? Find(EngagementState from, Trigger trigger) =>
        Transitions.FirstOrDefault(row => row.From == from && row.Trigger == trigger);

    /// <summary>A Stateless machine that stands in <paramref name="state"/>.</summary>
    public static StateMachine<EngagementState, Trigger> Machine(EngagementState state)
    {
        var machine = new StateMachine<EngagementState, Trigger>(state);
        foreach (var each in Enum.GetValues<EngagementState>())
        {
            var configuration = machine.Configure(each);
            foreach (var row in Transitions.Where(row => row.From == each)) configuration.Permit(row.Trigger, row.To);
        }

        return machine;
    }

    private static Dictionary<EngagementState, (string, string[])> LoadStates() =>
        EmbeddedCsv.Rows("Lifecycle.states.csv").ToDictionary(
            static row => Enum.Parse<EngagementState>(row["state"]),
            static row => (row["name"], row["assignees"].Split(';', StringSplitOptions.RemoveEmptyEntries)));

    private static List<Transition> LoadTransitions() =>
        [.. EmbeddedCsv.Rows("Lifecycle.lifecycle.csv").Select(static row => new Transition(
            Enum.Parse<EngagementState>(row["from"]),
            Enum.Parse<Trigger>(row["trigger"]),
            row["action"],
            row["by"] switch
            {
                "W" => Mover.Worker,
                "P" => Mover.Person,
                "WP" => Mover.Worker | Mover.Person,
                var other => throw new InvalidDataException($"lifecycle.csv: '{other}' is no mover."),
            },
            Enum.Parse<EngagementState>(row["to"])))];
}
