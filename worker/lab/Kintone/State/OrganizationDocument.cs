using Newtonsoft.Json;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>An organisation (department) of the tenant. The lab's organisations stand beside one another, none within another.</summary>
internal sealed record OrganizationDocument(string Code, string Name) : IDocument
{
    /// <inheritdoc/>
    [JsonIgnore]
    public string Key => Code;
}
