using Newtonsoft.Json;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>A file that was uploaded and not yet attached. It is good for one use within three days.</summary>
internal sealed record UploadDocument(
    string UploadKey, string Blob, string Name, string ContentType, long Size, string Uploader, DateTimeOffset At) : IDocument
{
    /// <inheritdoc/>
    [JsonIgnore]
    public string Key => UploadKey;
}
