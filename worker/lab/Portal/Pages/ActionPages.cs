using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Portal.Forms;
using VulnDiag.Lab.Portal.Markup;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Pages;

/// <summary>Where a record's small forms lead: a button pressed, new assignees, a comment written or deleted. Refused, they come back on the record's page with what was typed.</summary>
internal sealed class ActionPages : IPage
{
    /// <inheritdoc/>
    public IEnumerable<PageRoute> Routes =>
    [
        new("POST", "/k/{app:long}/action", Door.User, PressAsync),
        new("POST", "/k/{app:long}/assign", Door.User, AssignAsync),
        new("POST", "/k/{app:long}/comment", Door.User, CommentAsync),
        new("POST", "/k/{app:long}/comment/delete", Door.User, DeleteCommentAsync),
    ];

    private static Task PressAsync(Visit visit)
    {
        var number = visit.Record ?? throw Refusals.IllegalRequest();
        var revision = PortalValue.Whole(visit.Posted("revision")) ?? throw Refusals.IllegalRequest();
        var request = new JObject { ["app"] = visit.App, ["id"] = number, ["action"] = visit.Posted("action"), ["revision"] = revision };
        if (visit.Posted("assignee") is { Length: > 0 } assignee) request["assignee"] = assignee;
        var typed = new RecordWords { Action = visit.Posted("action") };
        return DoAsync(visit, number, "PUT", "record/status.json", request, Words.Of("process.done", visit.Posted("action")), typed);
    }

    private static Task AssignAsync(Visit visit)
    {
        var number = visit.Record ?? throw Refusals.IllegalRequest();
        var revision = PortalValue.Whole(visit.Posted("revision")) ?? throw Refusals.IllegalRequest();
        var people = visit.Form["assignee"].Where(static code => !string.IsNullOrEmpty(code));
        var request = new JObject { ["app"] = visit.App, ["id"] = number, ["assignees"] = new JArray(people), ["revision"] = revision };
        return DoAsync(visit, number, "PUT", "record/assignees.json", request, Words.Of("assign.done"), new RecordWords());
    }

    private static Task DeleteCommentAsync(Visit visit)
    {
        var number = visit.Record ?? throw Refusals.IllegalRequest();
        var comment = PortalValue.Whole(visit.Posted("comment")) ?? throw Refusals.IllegalRequest();
        var request = new JObject { ["app"] = visit.App, ["record"] = number, ["comment"] = comment };
        return DoAsync(visit, number, "DELETE", "record/comment.json", request, Words.Of("comment.deleted"), new RecordWords());
    }

    private static Task CommentAsync(Visit visit)
    {
        var number = visit.Record ?? throw Refusals.IllegalRequest();
        var mentions = visit.Form["mention"].Where(static code => !string.IsNullOrEmpty(code)).ToList();
        var text = visit.Posted("text").ReplaceLineEndings("\n").Trim();
        var request = new JObject
        {
            ["app"] = visit.App,
            ["record"] = number,
            ["comment"] = new JObject { ["text"] = text, ["mentions"] = new JArray(mentions.Select(static code => new JObject { ["code"] = code, ["type"] = "USER" })) },
        };
        return DoAsync(visit, number, "POST", "record/comment.json", request, Words.Of("comment.sent"), new RecordWords { Comment = text, Mentions = [.. mentions.OfType<string>()] });
    }

    private static async Task DoAsync(Visit visit, long number, string method, string path, JObject request, string done, RecordWords typed)
    {
        try
        {
            await visit.AskAsync(desk => desk.Run(method, path, request));
        }
        catch (Refusal refusal) when (refusal.Code != Refusals.NoCredentials().Code)
        {
            await RecordPage.ShowAsync(visit, number, Sentence(refusal), typed with { Status = refusal.Status });
            return;
        }

        visit.EnsureSession().Notice = done;
        await visit.GoAsync(Paths.Record(visit.App, number));
    }

    /// <summary>The refusal in words; that somebody else was faster is said so that a person knows what to do next.</summary>
    private static string Sentence(Refusal refusal)
    {
        if (refusal.Code == Refusals.StaleRecord().Code) return Words.Of("process.overtaken");
        var first = refusal.Faults?.All.Select(static fault => Messages.Text(fault.Message, "ja", fault.Arguments)).FirstOrDefault();
        return Messages.Text(refusal.Sentence, "ja", refusal.Arguments) + (first is null ? "" : " " + first);
    }
}
