using VulnDiag.Model;

namespace VulnDiag.Report.Samples;

/// <summary>Three results: an outdated VPN box, a router that was cut short, and a host with nothing open.</summary>
internal static class SampleScans
{
    internal static readonly DateTimeOffset Start = new(2026, 11, 10, 22, 0, 0, TimeSpan.FromHours(9));

    private static readonly Dictionary<string, string> Versions = new(StringComparer.Ordinal)
    {
        ["engine"] = "0.1.0",
        ["fingerprints"] = "406 of 2026-11-01",
        ["vulndb"] = "2026-11-09",
    };

    internal static ScanResult VpnBox() => new()
    {
        Line = "L1",
        Target = new ScanTarget("198.18.0.10", null),
        Started = Start,
        Finished = Start.AddHours(4).AddMinutes(12),
        Complete = true,
        SourceAddresses = ["203.0.113.5", "203.0.113.6"],
        Packets = new PacketCount(141_288, 66_102),
        Coverage = new ScanCoverage(new TcpCoverage(6, 65_501, 28, 0), new UdpCoverage(1, 88, 11, 0)),
        Ports =
        [
            Port(22, "ssh", "OpenSSH", "7.4", "protocol 2.0") with { Evidence = "SSH-2.0-OpenSSH_7.4" },
            Port(80, "http", "Apache httpd", "2.4.6", "CentOS"),
            Port(443, "https", "Apache httpd", "2.4.6", "CentOS") with
            {
                Tls = new TlsFacts { Versions = ["TLSv1.0", "TLSv1.1", "TLSv1.2"], Subject = "CN=vpn.example.jp", NotAfter = new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero) },
            },
            Port(3389, "ms-wbt-server", "Microsoft Terminal Services", null, null),
            Port(8443, "https", "Kakuu SSL-VPN", "6.0.4", "KN-2200") with { Tls = new TlsFacts { Versions = ["TLSv1.2", "TLSv1.3"], NotAfter = new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero) } },
            Port(11112, "dicom", null, null, null),
            Port(161, "snmp", "net-snmp", "5.7.2", "public") with { Protocol = Transport.Udp },
        ],
        NotExamined =
        [
            new NotExamined(Transport.Tcp, 3389, "rdp-exposed", "The facts do not suffice."),
            new NotExamined(Transport.Tcp, 11112, "identify", "This port is listened to, never written to."),
        ],
        Findings = [.. SampleFindings.OfVpnBox],
        Versions = Versions,
    };

    internal static ScanResult Remote() => new()
    {
        Line = "L2",
        Target = new ScanTarget("198.18.7.200", null),
        Started = Start.AddDays(1),
        Finished = Start.AddDays(2).AddHours(6),
        Complete = false,
        Method = "syn",
        SourceAddresses = ["203.0.113.5"],
        Packets = new PacketCount(80_021, 1_204),
        Coverage = new ScanCoverage(new TcpCoverage(2, 400, 40_011, 25_122), new UdpCoverage(0, 0, 0, 100)),
        Ports = [Port(23, "telnet", null, null, null) with { Evidence = "KN-500 login:" }, Port(8080, "http", "KN-500 httpd", "1.2", null)],
        Findings = [.. SampleFindings.OfRemote],
        Stops =
        [
            new ScanStop(Start.AddDays(1).AddHours(8), "window-closed: 06:00"),
            new ScanStop(Start.AddDays(2).AddHours(8), "window-closed: 06:00"),
        ],
        Versions = Versions,
    };

    internal static ScanResult Clean() => new()
    {
        Line = "L3",
        Target = new ScanTarget("198.18.3.3", "yoyaku.example.jp"),
        Started = Start.AddDays(3),
        Finished = Start.AddDays(3).AddHours(3),
        Complete = true,
        SourceAddresses = ["203.0.113.5"],
        Packets = new PacketCount(131_270, 12),
        Coverage = new ScanCoverage(new TcpCoverage(0, 0, 65_535, 0), new UdpCoverage(0, 0, 100, 0)),
        Versions = Versions,
    };

    private static PortResult Port(int port, string service, string? product, string? version, string? info) => new()
    {
        Protocol = Transport.Tcp,
        Port = port,
        State = "open",
        Service = service,
        Product = product,
        Version = version,
        Info = info,
        Confidence = 90,
    };
}
