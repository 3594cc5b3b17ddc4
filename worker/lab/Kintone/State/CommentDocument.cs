using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>A comment on a record.</summary>
internal sealed record CommentDocument(
    long App, long Record, long Id, string Text, JArray Mentions, string Creator, DateTimeOffset CreatedAt) : IDocument
{
    /// <inheritdoc/>
    [JsonIgnore]
    public string Key => Keys.Of(App, Record, Id);
}
