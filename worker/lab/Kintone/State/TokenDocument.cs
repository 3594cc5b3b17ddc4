using Newtonsoft.Json;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>An API token of one app. Only its hash is kept.</summary>
internal sealed record TokenDocument(string Hash, long App, ApiTokenRights Rights) : IDocument
{
    /// <inheritdoc/>
    [JsonIgnore]
    public string Key => Hash;
}
