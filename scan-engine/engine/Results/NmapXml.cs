using System.Globalization;
using System.Text;
using System.Xml;
using VulnDiag.Model;

namespace VulnDiag.Engine.Results;

/// <summary>Writes a result in the XML that nmap's readers know.</summary>
/// <remarks>Source: nmap.dtd, xmloutputversion 1.05. Only what the result holds is written.</remarks>
internal static class NmapXml
{
    /// <summary>The whole document.</summary>
    public static string Write(ScanResult result)
    {
        var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", CheckCharacters = true }))
        {
            xml.WriteStartDocument();
            xml.WriteDocType("nmaprun", null, null, null);
            xml.WriteStartElement("nmaprun");
            // The document type knows one scanner; args say who it was.
            Attributes(xml, ("scanner", "nmap"), ("args", $"vulndiag scan {result.Target.Address}"), ("start", Unix(result.Started)), ("version", result.Versions.GetValueOrDefault("engine", "")), ("xmloutputversion", "1.05"));
            ScanInfo(xml, result);
            Element(xml, "verbose", ("level", "0"));
            Element(xml, "debugging", ("level", "0"));
            Host(xml, result);
            RunStats(xml, result);
            xml.WriteEndElement();
        }

        return text + "\n";
    }

    private static void ScanInfo(XmlWriter xml, ScanResult result)
    {
        xml.WriteStartElement("scaninfo");
        var tcp = result.Coverage.Tcp;
        Attributes(xml, ("type", result.Method), ("protocol", "tcp"), ("numservices", Text(tcp.Open + tcp.Closed + tcp.Filtered + tcp.Untested)), ("services", ""));
        xml.WriteEndElement();
    }

    private static void Host(XmlWriter xml, ScanResult result)
    {
        xml.WriteStartElement("host");
        Attributes(xml, ("starttime", Unix(result.Started)), ("endtime", Unix(result.Finished)));
        var answered = result.Coverage.Tcp.Open + result.Coverage.Tcp.Closed + result.Coverage.Udp.Open + result.Coverage.Udp.Closed > 0;
        Element(xml, "status", ("state", answered ? "up" : "unknown"), ("reason", answered ? "syn-ack" : "no-response"), ("reason_ttl", "0"));
        Element(xml, "address", ("addr", result.Target.Address), ("addrtype", result.Target.Address.Contains(':', StringComparison.Ordinal) ? "ipv6" : "ipv4"));
        xml.WriteStartElement("hostnames");
        if (result.Target.Fqdn is { } name) Element(xml, "hostname", ("name", name), ("type", "user"));
        xml.WriteEndElement();
        xml.WriteStartElement("ports");
        ExtraPorts(xml, "closed", result.Coverage.Tcp.Closed + result.Coverage.Udp.Closed);
        ExtraPorts(xml, "filtered", result.Coverage.Tcp.Filtered);
        ExtraPorts(xml, PortResult.OpenOrFiltered, result.Coverage.Udp.OpenOrFiltered - result.Ports.Count(static port => port.State == PortResult.OpenOrFiltered));
        foreach (var port in result.Ports) Port(xml, port);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void ExtraPorts(XmlWriter xml, string state, int count)
    {
        if (count > 0) Element(xml, "extraports", ("state", state), ("count", Text(count)));
    }

    private static string Reason(PortResult port) => port.State == PortResult.OpenOrFiltered ? "no-response" : port.Protocol == Transport.Tcp ? "syn-ack" : "udp-response";

    private static void Port(XmlWriter xml, PortResult port)
    {
        xml.WriteStartElement("port");
        Attributes(xml, ("protocol", port.Protocol == Transport.Tcp ? "tcp" : "udp"), ("portid", Text(port.Port)));
        Element(xml, "state", ("state", port.State), ("reason", Reason(port)), ("reason_ttl", "0"));
        if (port.Service is not null) Service(xml, port);
        xml.WriteEndElement();
    }

    private static void Service(XmlWriter xml, PortResult port)
    {
        var direct = port.Tls is { StartTls: false };
        xml.WriteStartElement("service");
        Attributes(xml, ("name", port.Service == "https" ? "http" : port.Service!));
        if (port.Product is not null) Attributes(xml, ("product", port.Product));
        if (port.Version is not null) Attributes(xml, ("version", port.Version));
        if (port.Info is not null) Attributes(xml, ("extrainfo", port.Info));
        if (direct) Attributes(xml, ("tunnel", "ssl"));
        Attributes(xml, ("method", port.Confidence > 10 ? "probed" : "table"), ("conf", Text(Math.Clamp(port.Confidence / 10, 0, 10))));
        foreach (var cpe in port.Cpe) xml.WriteElementString("cpe", Uri(cpe));
        xml.WriteEndElement();
    }

    private static void RunStats(XmlWriter xml, ScanResult result)
    {
        xml.WriteStartElement("runstats");
        var seconds = (result.Finished - result.Started).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        Element(xml, "finished", ("time", Unix(result.Finished)), ("elapsed", seconds), ("exit", result.Complete ? "success" : "error"));
        Element(xml, "hosts", ("up", "1"), ("down", "0"), ("total", "1"));
        xml.WriteEndElement();
    }

    /// <summary>The URI binding that nmap prints: the formatted string without what is any, and without its quoting.</summary>
    private static string Uri(string cpe)
    {
        var parts = cpe.Replace("\\:", "%3a", StringComparison.Ordinal).Split(':').Skip(2).Take(5).Select(static part => part.Replace("\\", "", StringComparison.Ordinal)).ToList();
        while (parts.Count > 0 && parts[^1] is "*" or "-") parts.RemoveAt(parts.Count - 1);
        return "cpe:/" + string.Join(':', parts);
    }

    private static void Element(XmlWriter xml, string name, params (string Name, string Value)[] attributes)
    {
        xml.WriteStartElement(name);
        Attributes(xml, attributes);
        xml.WriteEndElement();
    }

    private static void Attributes(XmlWriter xml, params (string Name, string Value)[] attributes)
    {
        foreach (var (name, value) in attributes) xml.WriteAttributeString(name, Clean(value));
    }

    /// <summary>XML 1.0 knows no control characters; a banner may hold some.</summary>
    private static string Clean(string value) => string.Concat(value.Where(static character => XmlConvert.IsXmlChar(character)));

    private static string Unix(DateTimeOffset instant) => instant.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Utf8Text() : StringWriter(CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
