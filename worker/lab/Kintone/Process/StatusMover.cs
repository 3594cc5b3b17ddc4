using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.Query;
using VulnDiag.Lab.Kintone.Records;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Process;

/// <summary>Moves records along process management and changes their assignees. Source: kintone, "1件のレコードのステータスを更新する", "1件のレコードの作業者を更新する".</summary>
internal sealed class StatusMover(Call call, AppScope scope)
{
    /// <summary>Puts a new record into the first status: its assignee is the one candidate, when there is just one.</summary>
    public static RecordDocument Start(ProcessModel process, RecordDocument record, AssigneeResolver resolver)
    {
        var candidates = resolver.Candidates(process.First);
        return record with { Status = process.First.Name, Assignees = candidates.Count == 1 ? candidates : [] };
    }

    /// <summary>Presses a button.</summary>
    /// <param name="record">The record; the caller may view it.</param>
    /// <param name="actionName">The button's name, unique per status.</param>
    /// <param name="assignee">Whom the record goes to, where the next status asks for one.</param>
    /// <param name="revision">The revision the caller knows; null and -1 are not checked.</param>
    /// <exception cref="Refusal">Process management is off, the action is not possible now, the caller is not an assignee, or the assignee is missing.</exception>
    public RecordDocument Move(RecordDocument record, string actionName, string? assignee, long? revision)
    {
        var process = scope.Model.Process ?? throw Refusals.ProcessDisabled();
        RecordWriter.CheckRevision(record, revision);
        var state = process.State(record.Status);
        var action = process.Actions.FirstOrDefault(candidate => candidate.Name == actionName && candidate.From == state.Name);
        if (action is null || !Applies(action, record)) throw Refusals.ActionNotPossible();
        if (!IsTurn(action, record)) throw Refusals.NotTheAssignee();

        var othersLeft = record.Assignees.Where(code => code != call.Caller.Code).ToList();
        var staysForOthers = !action.Secondary && state.Kind == AssigneeKind.All && othersLeft.Count > 0;
        var moved = staysForOthers
            ? Touch(record, 1) with { Assignees = othersLeft }
            : Touch(record, 2) with { Status = action.To, Assignees = Next(process.State(action.To), record, assignee) };
        call.Transaction.Put(call.Tenant.Records, moved);
        call.Transaction.Put(
            call.Tenant.StatusChanges,
            new StatusChangeDocument(moved.App, moved.Id, moved.Revision, action.Name, state.Name, moved.Status!, call.Caller.Code, call.Now));
        return moved;
    }

    /// <summary>The buttons that the caller can press on the record now.</summary>
    public IReadOnlyList<ProcessAction> Possible(RecordDocument record)
    {
        if (scope.Model.Process is not { } process) return [];
        var state = process.State(record.Status);
        return [.. process.Actions.Where(action => action.From == state.Name && Applies(action, record) && IsTurn(action, record))];
    }

    /// <summary>Whom the record may go to by a button, where one person must be chosen; null where nobody is asked for.</summary>
    public IReadOnlyList<string>? Choices(ProcessAction action, RecordDocument record)
    {
        if (scope.Model.Process?.State(action.To) is not { Kind: AssigneeKind.One, Entities.Count: > 0 } next) return null;
        return new AssigneeResolver(call.Tenant, scope.Model.Form, record).Candidates(next);
    }

    /// <summary>Replaces the assignees of a record. Only an assignee may, or anybody while there is none, or who manages the app.</summary>
    /// <exception cref="Refusal">Process management is off, the caller is not an assignee, or a user is unknown.</exception>
    public RecordDocument Assign(RecordDocument record, IReadOnlyList<string> assignees, long? revision)
    {
        var process = scope.Model.Process ?? throw Refusals.ProcessDisabled();
        RecordWriter.CheckRevision(record, revision);
        var mayAssign = record.Assignees.Count == 0 || record.Assignees.Contains(call.Caller.Code) || scope.Access.App.HasFlag(AppRights.Manage);
        if (!mayAssign) throw Refusals.NotTheAssignee();
        foreach (var code in assignees)
            if (call.Tenant.Users.Find(code) is null) throw Refusals.UnknownUser(code);
        if (process.State(record.Status).Kind == AssigneeKind.One && assignees.Count > 1) throw Refusals.Invalid("assignees", MessageId.TooMany, 1);

        var assigned = Touch(record, 1) with { Assignees = [.. assignees.Distinct(StringComparer.Ordinal)] };
        call.Transaction.Put(call.Tenant.Records, assigned);
        return assigned;
    }

    private bool Applies(ProcessAction action, RecordDocument record)
    {
        var test = QueryBinder.ForSettings(scope.Model.Form, call.Now, call.Caller.ForQueries).Bind(action.Condition);
        return test(new WholeRow(record));
    }

    private bool IsTurn(ProcessAction action, RecordDocument record) => action.Secondary
        ? action.ExecutableUsers.Any(entity => entity.Covers(call.Caller, scope.App.Creator, field => scope.Access.IsNamedIn(record, field)))
        : record.Assignees.Count == 0 || record.Assignees.Contains(call.Caller.Code);

    private IReadOnlyList<string> Next(ProcessState state, RecordDocument record, string? assignee)
    {
        var candidates = new AssigneeResolver(call.Tenant, scope.Model.Form, record).Candidates(state);
        if (state.Kind != AssigneeKind.One) return candidates;
        if (state.Entities.Count == 0) return [];
        if (string.IsNullOrEmpty(assignee)) throw Refusals.AssigneeMissing();
        return candidates.Contains(assignee) ? [assignee] : throw Refusals.Invalid("assignee", MessageId.UnknownUser, assignee);
    }

    private RecordDocument Touch(RecordDocument record, int revisions) =>
        record with { Revision = record.Revision + revisions, Modifier = call.Caller.Code, UpdatedAt = call.Now };
}
