using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>A record.</summary>
/// <param name="App">The app's id.</param>
/// <param name="Id">The record's id.</param>
/// <param name="Revision">The revision, from 1.</param>
/// <param name="Values">Stored values by field code; never changed in place.</param>
/// <param name="Creator">The login name of the user who made it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Modifier">The login name of the user who last changed it.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Status">The process status; null while process management was never on for it.</param>
/// <param name="Assignees">The login names of those whose turn it is.</param>
/// <param name="LastComment">The last comment id given out.</param>
internal sealed record RecordDocument(
    long App,
    long Id,
    long Revision,
    JObject Values,
    string Creator,
    DateTimeOffset CreatedAt,
    string Modifier,
    DateTimeOffset UpdatedAt,
    string? Status,
    IReadOnlyList<string> Assignees,
    long LastComment) : IDocument
{
    /// <inheritdoc/>
    [JsonIgnore]
    public string Key => Keys.Of(App, Id);
}
