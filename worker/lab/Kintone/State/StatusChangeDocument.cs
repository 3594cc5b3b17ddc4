using Newtonsoft.Json;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>A button that somebody pressed on a record. Its id is the record's revision after it. kintone shows the history on its pages; no REST call does.</summary>
/// <param name="App">The app.</param>
/// <param name="Record">The record.</param>
/// <param name="Id">The record's revision afterwards.</param>
/// <param name="Action">The button's name.</param>
/// <param name="From">The status before.</param>
/// <param name="To">The status after; the same while others must press too.</param>
/// <param name="User">The login name of whoever pressed it.</param>
/// <param name="At">When.</param>
internal sealed record StatusChangeDocument(
    long App, long Record, long Id, string Action, string From, string To, string User, DateTimeOffset At) : IDocument
{
    /// <inheritdoc/>
    [JsonIgnore]
    public string Key => Keys.Of(App, Record, Id);
}
