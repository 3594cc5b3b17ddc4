using Newtonsoft.Json;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>The last record id and table row id given out in an app. Ids are not used twice.</summary>
internal sealed record AppCounters(long App, long LastRecord, long LastRow) : IDocument
{
    /// <inheritdoc/>
    [JsonIgnore]
    public string Key => Keys.Of(App);
}
