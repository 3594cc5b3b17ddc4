using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Client;

/// <summary>record/status.json and record/assignees.json: actions and assignees of process management.</summary>
public sealed class StatusResource
{
    private readonly KintoneConnection _connection;

    internal StatusResource(KintoneConnection connection) => _connection = connection;

    /// <summary>Presses an action of a record that still has <paramref name="revision"/>; gives back its new revision.</summary>
    /// <exception cref="KintoneException">kintone refused (wrong status, not an assignee, a conflict) or did not answer.</exception>
    public async Task<long> MoveAsync(long app, long id, long revision, string action, CancellationToken cancellationToken)
    {
        var answer = await _connection.SendAsync(
            new KintoneCall(CallMethod.Put, "record/status.json", MoveParameters(app, id, revision, action), Repeatable: true), cancellationToken);
        return answer.Number("revision");
    }

    /// <summary>Sets who may press the buttons of a record's present state; gives back the new revision.</summary>
    /// <exception cref="KintoneException">kintone refused (not an assignee, an unknown user, a conflict) or did not answer.</exception>
    public async Task<long> AssignAsync(long app, long id, long revision, IReadOnlyList<string> users, CancellationToken cancellationToken)
    {
        var parameters = new JObject { ["app"] = app, ["id"] = id, ["revision"] = revision, ["assignees"] = new JArray(users) };
        var answer = await _connection.SendAsync(new KintoneCall(CallMethod.Put, "record/assignees.json", parameters, Repeatable: true), cancellationToken);
        return answer.Number("revision");
    }

    /// <summary>Parameters of a move, as <c>record/status.json</c> and bulkRequest both take them.</summary>
    internal static JObject MoveParameters(long app, long id, long revision, string action) =>
        new() { ["app"] = app, ["id"] = id, ["revision"] = revision, ["action"] = action };
}
