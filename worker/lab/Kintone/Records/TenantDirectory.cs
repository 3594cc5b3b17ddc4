using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Records;

/// <summary>Names from the tenant's users, groups, organisations and files.</summary>
internal sealed class TenantDirectory(Tenant tenant) : IDirectory
{
    /// <inheritdoc/>
    public string UserName(string code) => tenant.Users.Find(code)?.Name ?? code;

    /// <inheritdoc/>
    public string GroupName(string code) => tenant.Groups.Find(code)?.Name ?? code;

    /// <inheritdoc/>
    public string OrganizationName(string code) => tenant.Organizations.Find(code)?.Name ?? code;

    /// <inheritdoc/>
    public FileDocument? File(string fileKey) => tenant.Files.Find(fileKey);
}
