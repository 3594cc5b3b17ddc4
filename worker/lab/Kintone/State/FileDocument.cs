using Newtonsoft.Json;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>A file attached to a record's field, or to an app's customization (then <see cref="Record"/> is 0).</summary>
internal sealed record FileDocument(
    string FileKey, string Blob, string Name, string ContentType, long Size, long App, long Record, string Field) : IDocument
{
    /// <inheritdoc/>
    [JsonIgnore]
    public string Key => FileKey;
}
