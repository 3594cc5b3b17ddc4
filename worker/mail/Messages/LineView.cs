using VulnDiag.Domain;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages;

/// <summary>What templates may show of one line. Words in Japanese stand in the templates; here are only their keys.</summary>
internal sealed class LineView
{
    private readonly Line _line;

    internal LineView(LineId id, MailScene scene)
    {
        _line = scene.Engagement.Hearing.Find(id) ?? new Line { Id = id };
        Roles = [.. _line.Vendors
            .Where(vendor => scene.Order.To.Audience is Audience.Vendor && vendor.Mail == scene.Order.To.Mail)
            .Select(static vendor => Key(vendor.Role)).Distinct()];
    }

    public string Id => OneLine.Of(_line.Id.Value);

    public string Name => OneLine.Of(_line.Name);

    public string Address => _line.Address?.ToString() ?? "";

    public string Fqdn => _line.Fqdn ?? "";

    public string Device => OneLine.Of(string.Join(' ', new[] { _line.DeviceKind, _line.Maker, _line.Model }.Where(static text => text.Length > 0)));

    public string Communication => _line.Communication switch
    {
        Domain.Hearing.Communication.Internet => "internet",
        Domain.Hearing.Communication.InternetVpn => "internet_vpn",
        Domain.Hearing.Communication.ClosedNetwork => "closed_network",
        Domain.Hearing.Communication.Unknown => "unknown",
        null => "",
    };

    public string Addressing => _line.Addressing switch
    {
        Domain.Hearing.Addressing.Fixed => "fixed",
        Domain.Hearing.Addressing.Dynamic => "dynamic",
        Domain.Hearing.Addressing.Unknown => "unknown",
        null => "",
    };

    public bool Dynamic => _line.Dynamic;

    public bool Monitored => _line.Monitored;

    /// <summary>Roles of the recipient on this line; none for a hospital.</summary>
    public IReadOnlyList<string> Roles { get; }

    internal bool HasVendor(VendorRole role) => _line.Vendors.Any(vendor => vendor.Role == role);

    internal bool RecipientIs(VendorRole role) => Roles.Contains(Key(role));

    private static string Key(VendorRole role) => role switch
    {
        VendorRole.Circuit => "circuit",
        VendorRole.Maintenance => "maintenance",
        VendorRole.Monitoring => "monitoring",
        VendorRole.MedicalRecords => "medical_records",
    };
}
