using System.Diagnostics;
using VulnDiag.Engine.Results;
using VulnDiag.Model;

namespace VulnDiag.Integration.Tests;

/// <summary>Our XML opens in tools that read nmap's: ndiff and libnmap, as Debian packages them.</summary>
[Trait("Category", "Slow")]
public sealed class NmapXmlReadersTests : IDisposable
{
    // Debian's own, which sees Debian's packages.
    private const string Python = "/usr/bin/python3";

    private readonly string _folder = Directory.CreateTempSubdirectory("vulndiag-xml-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Ndiff_reads_it_and_tells_two_scans_apart()
    {
        if (!File.Exists("/usr/bin/ndiff")) Assert.Skip("Debian's ndiff is not installed.");
        var (first, second) = (Write("first.xml", Scan(Ssh)), Write("second.xml", Scan(Ssh, Web)));

        var (same, _) = await RunAsync("ndiff", first, first);
        var (differs, words) = await RunAsync("ndiff", first, second);

        // ndiff(1): 0 for the same, 1 for different, 2 for what it cannot read.
        (same, differs).ShouldBe((0, 1));
        words.ShouldContain("+443/tcp");
        words.ShouldContain("nginx 1.22.1");
    }

    [Fact]
    public async Task Libnmap_reads_host_ports_services_and_names()
    {
        var (there, _) = await RunAsync(Python, "-c", "import libnmap.parser");
        if (there != 0) Assert.Skip("Debian's python3-libnmap is not installed.");
        const string Script = """
            import sys
            from libnmap.parser import NmapParser
            report = NmapParser.parse_fromfile(sys.argv[1])
            host = report.hosts[0]
            print(host.address, host.status, len(report.hosts))
            for port, protocol in host.get_ports():
                service = host.get_service(port, protocol)
                print(port, protocol, service.state, service.service, service.banner, service.tunnel, [cpe.cpestring for cpe in service.cpelist])
            """;

        var (code, words) = await RunAsync(Python, "-c", Script, Write("scan.xml", Scan(Ssh, Web)));

        code.ShouldBe(0, words);
        words.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe([
            "192.0.2.10 up 1",
            "22 tcp open ssh product: OpenSSH version: 9.2p1 extrainfo: Debian <2>  ['cpe:/a:openbsd:openssh:9.2:p1']",
            "443 tcp open http product: nginx version: 1.22.1 ssl ['cpe:/a:f5:nginx:1.22.1']",
        ]);
    }

    private static PortResult Ssh => new()
    {
        Protocol = Transport.Tcp, Port = 22, State = "open", Service = "ssh", Product = "OpenSSH", Version = "9.2p1", Info = "Debian <2>", Confidence = 95,
        Cpe = ["cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*"],
    };

    private static PortResult Web => new()
    {
        Protocol = Transport.Tcp, Port = 443, State = "open", Service = "https", Product = "nginx", Version = "1.22.1", Confidence = 90, Tls = new TlsFacts(),
        Cpe = ["cpe:2.3:a:f5:nginx:1.22.1:*:*:*:*:*:*:*"],
    };

    private static string Scan(params PortResult[] ports) => NmapXml.Write(new ScanResult
    {
        Line = "L1",
        Target = new ScanTarget("192.0.2.10", "host.example"),
        Started = DateTimeOffset.UnixEpoch.AddYears(56),
        Finished = DateTimeOffset.UnixEpoch.AddYears(56).AddMinutes(5),
        Complete = true,
        Method = "syn",
        Coverage = new ScanCoverage(new TcpCoverage(ports.Length, 65535 - ports.Length, 0, 0), new UdpCoverage(0, 0, 0, 0)),
        Ports = ports,
    });

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    private static async Task<(int Code, string Words)> RunAsync(string file, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(file, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
