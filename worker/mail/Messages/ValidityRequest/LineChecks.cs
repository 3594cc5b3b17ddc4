using VulnDiag.Domain.Hearing;

namespace VulnDiag.Mail.Messages.ValidityRequest;

/// <summary>What a vendor is asked about one line. Where a line has nobody for a role, its other vendors are asked instead, so that no point goes unasked.</summary>
/// <remarks>Source: SPEC "Mail" 2; the guide's page of requests to vendors.</remarks>
internal sealed class LineChecks
{
    private readonly LineView _line;

    internal LineChecks(LineView line) => _line = line;

    public string Id => _line.Id;

    public string Name => _line.Name;

    public IReadOnlyList<string> Roles => _line.Roles;

    public string Communication => _line.Communication;

    public string Addressing => _line.Addressing;

    public string Address => _line.Address;

    public string Fqdn => _line.Fqdn;

    public string Device => _line.Device;

    /// <summary>Internet or internet VPN, and fixed or dynamic.</summary>
    public bool AsksCircuit => FallsTo(VendorRole.Circuit);

    /// <summary>Device and address match; name and address belong together.</summary>
    public bool AsksDevice => FallsTo(VendorRole.Maintenance);

    /// <summary>The address can be checked on the day, and the way of checking handed over.</summary>
    public bool AsksSameDay => _line.Dynamic && AsksDevice;

    public bool AsksMonitoring => _line.RecipientIs(VendorRole.Monitoring);

    public bool AsksMedicalRecords => _line.RecipientIs(VendorRole.MedicalRecords);

    private bool FallsTo(VendorRole role) => _line.RecipientIs(role) || !_line.HasVendor(role);
}
