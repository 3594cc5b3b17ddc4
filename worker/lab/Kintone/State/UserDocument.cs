using Newtonsoft.Json;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>A user of the tenant.</summary>
/// <param name="Code">The login name.</param>
/// <param name="Name">The display name.</param>
/// <param name="Salt">The password's salt, base64.</param>
/// <param name="PasswordHash">The password's hash, base64.</param>
/// <param name="Groups">The codes of the groups the user is in (<c>everyone</c> is not listed).</param>
/// <param name="Administrator">May create apps and change the settings of any app.</param>
internal sealed record UserDocument(
    string Code, string Name, string Salt, string PasswordHash, IReadOnlyList<string> Groups, bool Administrator) : IDocument
{
    /// <summary>The codes of the organisations the user is in; the first is the preferred one (優先する組織).</summary>
    public IReadOnlyList<string> Organizations { get; init; } = [];

    /// <summary>The preferred organisation; empty when there is none.</summary>
    [JsonIgnore]
    public string PrimaryOrganization => Organizations.FirstOrDefault("");

    /// <inheritdoc/>
    [JsonIgnore]
    public string Key => Code;
}
