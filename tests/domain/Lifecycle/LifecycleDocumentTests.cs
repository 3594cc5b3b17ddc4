using System.Text;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Scheduling;
using VulnDiag.TestSupport;
using VulnDiag.Domain.Calendar;

namespace VulnDiag.Domain.Tests.Lifecycle;

public sealed class LifecycleDocumentTests
{
    [Fact]
    public void The_document_of_the_life_cycle_is_made_from_the_table() => Golden.Matches("../../docs/lifecycle.md", Document());

    private static string Document()
    {
        var text = new StringBuilder();
        text.Append("# The life of an engagement\n\n")
            .Append("Made from worker/domain/Lifecycle/lifecycle.csv, states.csv and Scheduling/deadlines.csv by `UPDATE_GOLDEN=1 dotnet run --project tests/domain`; do not edit.\n")
            .Append("W = moved by the worker, P = by a person's button. 中止 (P) leads from every state that is not final to 中止 and is left out of the picture.\n\n");
        Picture(text);
        foreach (var state in Enum.GetValues<EngagementState>()) Section(text, state);
        return text.ToString();
    }

    private static void Picture(StringBuilder text)
    {
        text.Append("```mermaid\nstateDiagram-v2\n    [*] --> HearingOpen\n");
        foreach (var state in Enum.GetValues<EngagementState>()) text.Append($"    {state}: {state.NameJa()}\n");
        foreach (var edge in EngagementLifecycle.Transitions.Where(static row => row.Trigger is not Trigger.Cancel).GroupBy(static row => (row.From, row.To)))
            text.Append($"    {edge.Key.From} --> {edge.Key.To}: {string.Join("、", edge.Select(static row => row.ActionJa))}\n");
        text.Append("    Completed --> [*]\n    Cancelled --> [*]\n```\n");
    }

    private static void Section(StringBuilder text, EngagementState state)
    {
        text.Append($"\n## {state.NameJa()} ({state})\n\n");
        var assignees = state.Assignees();
        text.Append(assignees.Count == 0 ? "Assignees: none (the first status).\n" : $"Assignees: worker, {string.Join(", ", assignees)}.\n");
        text.Append(DeadlineOf(state));
        var moves = EngagementLifecycle.Transitions.Where(row => row.From == state).ToList();
        if (moves.Count == 0)
        {
            text.Append("\nFinal.\n");
            return;
        }

        text.Append("\n| action | by | to |\n| --- | --- | --- |\n");
        foreach (var move in moves) text.Append($"| {move.ActionJa} | {By(move.By)} | {move.To.NameJa()} |\n");
    }

    private static string DeadlineOf(EngagementState state)
    {
        var since = EngagementBuilder.Tuesday;
        return Deadlines.Of(state, since, BusinessCalendar.Default) is not { } deadline
            ? "Deadline: none of its own.\n"
            : $"Deadline when entered on {Jst.Text(since)}: {Jst.Text(deadline.Due)}; "
              + $"reminders: {(deadline.Reminders.Count == 0 ? "none" : string.Join(", ", deadline.Reminders.Select(Jst.Text)))}; escalation: {Jst.Text(deadline.Escalation)}.\n";
    }

    private static string By(Mover by) => by switch
    {
        Mover.Worker => "W",
        Mover.Person => "P",
        _ => "W/P",
    };
}
