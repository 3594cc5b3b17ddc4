using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Checks;
using VulnDiag.Engine.Ports;
using VulnDiag.Engine.Support;
using VulnDiag.Model;
using VulnDiag.TestSupport;

namespace VulnDiag.Engine;

/// <summary>Names that lie in files between one run and the next, or between worker and engine: they grow, they do not change.</summary>
public sealed class PersistedNamesTests
{
    [Fact]
    public void An_authorisation() => Golden.Matches("engine/authorization.json", Json.WriteIndented(Authorizations.For("8.8.8.8") with
    {
        Sequence = 3,
        Engagement = "12",
        Line = "L1",
        Fqdn = "dns.example.jp",
        Avoid = [new AuthorizedPeriod(Authorizations.Now, Authorizations.Now.AddMinutes(5))],
        Exclusions = ["192.0.2.0/24"],
        Accounts = true,
        SourceAddresses = ["203.0.113.5"],
        ClockOffset = TimeSpan.FromMinutes(90),
        TcpPorts = "-",
        UdpPorts = "top100",
    }));

    [Fact]
    public void A_checkpoint() => Golden.Matches("engine/checkpoint.jsonl", string.Concat(CheckpointLines().Select(static entry => Json.Write(entry) + "\n")));

    [Fact]
    public void A_result() => Golden.Matches("engine/result.json", Json.WriteIndented(new ScanResult
    {
        Line = "L1",
        Target = new ScanTarget("8.8.8.8", "dns.example.jp"),
        Started = Authorizations.Now,
        Finished = Authorizations.Now.AddHours(1),
        Complete = false,
        Seed = 7,
        SourceAddresses = ["203.0.113.5"],
        Packets = new PacketCount(10, 5),
        Coverage = new ScanCoverage(new TcpCoverage(1, 2, 3, 4), new UdpCoverage(5, 6, 7, 8)),
        Ports = [Port with { Tls = new TlsFacts { Versions = ["TLSv1.2"], NotBefore = Authorizations.Now, NotAfter = Authorizations.Now.AddYears(1) } }],
        Findings =
        [
            new ScanFinding
            {
                Id = "telnet-exposed", Kind = FindingKind.EndOfLife, Protocol = Transport.Tcp, Port = 23, Severity = Severity.Act, Qod = 95, TitleJa = "x", Evidence = "y",
                Cvss = new CvssScore("3.1", 9.8m, "CVSS:3.1/AV:N"), Cve = ["CVE-2020-0001"], Kev = true, Epss = 0.5m, Jvn = ["JVNDB-2020-000001"],
            },
        ],
        NotExamined = [new NotExamined(Transport.Udp, 161, "snmp", "z")],
        Stops = [new ScanStop(Authorizations.Now, "window-closed: x")],
        Versions = new Dictionary<string, string> { ["engine"] = "1.0.0" },
    }));

    private static PortResult Port => new()
    {
        Protocol = Transport.Tcp,
        Port = 22,
        State = "open",
        Service = "ssh",
        Product = "OpenSSH",
        Version = "9.2p1",
        Info = "Debian 2+deb12u10",
        Cpe = ["cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*"],
        Confidence = 95,
        Evidence = "SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u10",
        Facts = new Dictionary<string, string> { ["authRequired"] = "yes" },
    };

    private static IEnumerable<CheckpointEntry> CheckpointLines()
    {
        yield return new() { Start = new CheckpointStart(new ScanPlan(ScanPlan.CurrentSchema, "8.8.8.8", "dns.example.jp", "L1", "1-65535", "53,161"), 7, Authorizations.Now) };
        foreach (var state in Enum.GetValues<PortState>()) yield return new() { Ports = new ResolvedPorts(Transport.Tcp, state, "1-2") };
        yield return new() { Examined = new ExaminedPort(Port, [new NotExamined(Transport.Tcp, 22, "ssh", "z")]) };
        foreach (var verdict in Enum.GetValues<CheckVerdict>()) yield return new() { Judged = new JudgedCheck("telnet-exposed", Transport.Tcp, 23, verdict, "e", 95, "r") };
        yield return new() { Mark = new IdentityMark(22, "ssh-host-key", "SHA256:x") };
        yield return new() { Stop = new ScanStop(Authorizations.Now, "window-closed: x") };
        yield return new() { Packets = new PacketCount(10, 5) };
    }
}
