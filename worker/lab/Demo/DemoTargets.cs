using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Targets;

namespace VulnDiag.Lab.Demo;

/// <summary>The listeners on loopback that the demo's scans find, as the scenario places them.</summary>
public static class DemoTargets
{
    /// <summary>Every listener of the scenario, and the name server that knows the hospitals' names.</summary>
    /// <param name="scenario">What is played.</param>
    /// <param name="folder">Where certificates are kept: a demo that goes on after a kill shows the same ones.</param>
    public static IReadOnlyList<Target> Of(Scenario scenario, string folder) =>
    [
        .. scenario.Targets.Properties().SelectMany(host => host.Value.Select(service => TargetOf(IPAddress.Parse(host.Name), (JArray)service, scenario.Start, folder))),
        new NameServerTarget(NameServer.Address, NameServer.Port, scenario.Names),
    ];

    /// <summary>Where the demo's names are resolved.</summary>
    public static IPEndPoint NameServer { get; } = new(IPAddress.Parse("127.10.0.53"), 5353);

    private static Target TargetOf(IPAddress address, JArray service, DateTimeOffset start, string folder)
    {
        var port = (int)service[1];
        var detail = (string)service[2]!;
        return (string)service[0]! switch
        {
            "ssh" => new SshTarget(address, port, detail),
            "telnet" => new TelnetTarget(address, port, detail),
            "ftp" => new FtpTarget(address, port, detail, anonymous: false),
            "ftp-anonymous" => new FtpTarget(address, port, detail, anonymous: true),
            "redis" => new RedisTarget(address, port, detail),
            "snmp" => new SnmpTarget(address, port, detail, "Linux router"),
            "smtp" => new SmtpTarget(address, port, "mail.example", detail, openRelay: false),
            "imap" => new ImapTarget(address, port, detail),
            "pop3" => new Pop3Target(address, port, detail),
            "mysql" => new MySqlTarget(address, port, detail),
            "postgresql" => new PostgreSqlTarget(address, port),
            "dns-open" => new DnsUdpTarget(address, port, detail, openRecursion: true),
            "ntp" => new NtpTarget(address, port, detail, TimeProvider.System),
            "http-plain" => new HttpTarget(address, port, HttpSite.Plain(detail)),
            "http-login" => new HttpTarget(address, port, HttpSite.ManagementLogin(detail)),
            "http-listing" => new HttpTarget(address, port, HttpSite.DirectoryListing(detail)),
            "https-plain" => new HttpsTarget(address, port, Certificate($"{address}-{port}", detail, start, folder), HttpSite.Plain("nginx/1.22.1")),
            "https-login" => new HttpsTarget(address, port, Certificate($"{address}-{port}", detail, start, folder), HttpSite.ManagementLogin("xxxxxxxx-xxxxx")),
            var other => throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"scenario.ja.json: there is no target '{other}'.")),
        };
    }

    private static X509Certificate2 Certificate(string place, string detail, DateTimeOffset start, string folder)
    {
        Directory.CreateDirectory(folder);
        return LabCertificates.Kept(Path.Combine(folder, place + ".pfx"), () => detail == "expired"
            ? LabCertificates.SelfSigned("gateway.example", start.AddYears(-3), start.AddYears(-1))
            : LabCertificates.SelfSigned("gateway.example", start.AddYears(-1), start.AddYears(2)));
    }
}
