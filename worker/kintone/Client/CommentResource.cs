using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Client;

/// <summary>A comment of a record.</summary>
/// <param name="Id">Number within the record.</param>
/// <param name="Text">Text without the trailing space that kintone adds.</param>
/// <param name="Creator">Login name.</param>
/// <param name="CreatedAt">As kintone writes it: UTC.</param>
public sealed record RecordComment(long Id, string Text, string Creator, string CreatedAt);

/// <summary>record/comment.json and record/comments.json. The hospital reads the comments of its record: nothing of the staff's goes there.</summary>
public sealed class CommentResource
{
    // Source: RULES.md "Limits".
    private const int LargestPage = 10;

    private readonly KintoneConnection _connection;

    internal CommentResource(KintoneConnection connection) => _connection = connection;

    /// <summary>Adds a comment; gives back its number.</summary>
    /// <exception cref="KintoneException">kintone refused or did not answer. Not repeated after a time-out.</exception>
    public async Task<long> AddAsync(long app, long record, string text, CancellationToken cancellationToken)
    {
        var parameters = new JObject { ["app"] = app, ["record"] = record, ["comment"] = new JObject { ["text"] = text } };
        var answer = await _connection.SendAsync(new KintoneCall(CallMethod.Post, "record/comment.json", parameters, Repeatable: false), cancellationToken);
        return answer.Number("id");
    }

    /// <summary>Reads every comment, oldest first.</summary>
    /// <exception cref="KintoneException">kintone refused or did not answer.</exception>
    public async Task<IReadOnlyList<RecordComment>> ListAsync(long app, long record, CancellationToken cancellationToken)
    {
        var comments = new List<RecordComment>();
        JObject answer;
        do
        {
            var parameters = new JObject { ["app"] = app, ["record"] = record, ["order"] = "asc", ["offset"] = comments.Count, ["limit"] = LargestPage };
            answer = await _connection.SendAsync(KintoneCall.Read("record/comments.json", parameters), cancellationToken);
            comments.AddRange(answer.Required<JArray>("comments").OfType<JObject>().Select(Read));
        }
        while (answer.Value<bool>("newer"));
        return comments;
    }

    private static RecordComment Read(JObject comment) => new(
        comment.Number("id"),
        (comment.Value<string>("text") ?? "").TrimEnd(' '),
        (comment["creator"] as JObject)?.Value<string>("code") ?? "",
        comment.Value<string>("createdAt") ?? "");
}
