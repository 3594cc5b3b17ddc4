using System.Xml;
using System.Xml.Linq;
using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine.Results;

public sealed class NmapXmlTests
{
    private static readonly ScanResult Result = new()
    {
        Line = "L1",
        Target = new ScanTarget("192.0.2.10", "www.example.jp"),
        Started = Authorizations.Now,
        Finished = Authorizations.Now.AddSeconds(90),
        Complete = true,
        Coverage = new ScanCoverage(new TcpCoverage(2, 100, 3, 0), new UdpCoverage(0, 0, 5, 0)),
        Ports =
        [
            new PortResult { Protocol = Transport.Tcp, Port = 22, State = "open", Service = "ssh", Product = "OpenSSH", Version = "9.2p1", Confidence = 95, Cpe = ["cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*"] },
            new PortResult { Protocol = Transport.Tcp, Port = 443, State = "open", Service = "https", Product = "nginx \u0001<x>", Confidence = 90, Tls = new TlsFacts() },
        ],
    };

    [Fact]
    public void Ports_and_services_stand_where_nmaps_readers_look()
    {
        var document = XDocument.Parse(NmapXml.Write(Result));

        var ports = document.Root!.Element("host")!.Element("ports")!;
        ports.Elements("extraports").Select(static extra => (extra.Attribute("state")!.Value, extra.Attribute("count")!.Value)).ShouldBe([("closed", "100"), ("filtered", "3"), ("open|filtered", "5")]);
        var ssh = ports.Elements("port").First();
        ssh.Attribute("portid")!.Value.ShouldBe("22");
        ssh.Element("state")!.Attribute("state")!.Value.ShouldBe("open");
        ssh.Element("service")!.Attribute("product")!.Value.ShouldBe("OpenSSH");
        ssh.Element("service")!.Element("cpe")!.Value.ShouldBe("cpe:/a:openbsd:openssh:9.2:p1");
        ports.Elements("port").Last().Element("service")!.Attribute("tunnel")!.Value.ShouldBe("ssl");
    }

    [Fact]
    public void What_a_banner_may_hold_does_not_break_the_document() =>
        XDocument.Parse(NmapXml.Write(Result)).Descendants("service").Last().Attribute("product")!.Value.ShouldBe("nginx <x>");

    [Fact]
    public void It_is_valid_by_nmaps_own_document_type()
    {
        const string Dtd = "/usr/share/nmap/nmap.dtd";
        if (!File.Exists(Dtd)) Assert.Skip($"{Dtd} is not installed (Debian's nmap-common).");
        var text = System.Text.RegularExpressions.Regex.Replace(NmapXml.Write(Result), "<!DOCTYPE nmaprun ?>", $"<!DOCTYPE nmaprun SYSTEM \"file://{Dtd}\">");
        var faults = new List<string>();
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, ValidationType = ValidationType.DTD, XmlResolver = new XmlUrlResolver() };
        settings.ValidationEventHandler += (_, fault) => faults.Add(fault.Message);

        using var reader = XmlReader.Create(new StringReader(text), settings);
        while (reader.Read())
        {
        }

        faults.ShouldBeEmpty();
    }
}
