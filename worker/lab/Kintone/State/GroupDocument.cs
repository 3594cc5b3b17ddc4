using Newtonsoft.Json;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>A group (role) of the tenant.</summary>
internal sealed record GroupDocument(string Code, string Name) : IDocument
{
    /// <summary>The group everybody is in.</summary>
    public const string Everyone = "everyone";

    /// <inheritdoc/>
    [JsonIgnore]
    public string Key => Code;
}
