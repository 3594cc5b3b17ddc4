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
    /// <inheritdoc/>
    [JsonIgnore]
    public string Key => Code;
}
