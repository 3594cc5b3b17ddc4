using System.Globalization;
using VulnDiag.Domain.Scheduling;
using VulnDiag.Model;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Sections;

/// <summary>What was examined on a line and what was not, with the reason: unknown is never shown as safe.</summary>
internal static class CoverageView
{
    private const int MostItems = 12;
    private const int AllTcpPorts = 65535;

    internal static IReadOnlyList<CoverageItem> Of(ReportLine line, ScanResult scan, TextFile texts, Words words)
    {
        CoverageItem Item(string name, params IReadOnlyList<string> sentences) => new(texts[$"coverage.{name}"], sentences);

        var items = new List<CoverageItem>
        {
            Item("tcp", Tcp(scan.Coverage.Tcp, texts)),
            Item("udp", Udp(scan.Coverage.Udp, texts)),
            Item("service", scan.Ports.Count > 0 ? texts.Fill("serviceAll", ("count", scan.Ports.Count(static port => port.State == PortResult.Open))) : texts["serviceNone"]),
            new(Matching.Name, [Matching.OfLine(line)]),
        };
        if (line.Answers is { } answers) items.Add(Item("accounts", Accounts(answers.Consent?.AccountChecks ?? false, texts)));
        if (line.Unexamined.Count > 0) items.Add(Item("notExamined", [.. Unexamined(line, texts, words)]));
        if (scan.Stops.Count > 0) items.Add(Item("stops", [.. scan.Stops.Select(stop => Stop(stop, texts, words))]));
        return items;
    }

    internal static string Tcp(TcpCoverage tcp, TextFile texts)
    {
        var tested = tcp.Open + tcp.Closed + tcp.Filtered;
        var total = tested + tcp.Untested;
        var text = tcp.Untested > 0 ? "tcpPart" : total == AllTcpPorts ? "tcpAll" : "tcpChosen";
        return texts.Fill(text, Numbers(total, tested, tcp.Open, tcp.Closed, tcp.Filtered, tcp.Untested));
    }

    internal static string Udp(UdpCoverage udp, TextFile texts)
    {
        var tested = udp.Open + udp.Closed + udp.OpenOrFiltered;
        var total = tested + udp.Untested;
        if (total == 0) return texts["udpNone"];
        return texts.Fill(udp.Untested > 0 ? "udpPart" : "udpAll", Numbers(total, tested, udp.Open, udp.Closed, udp.OpenOrFiltered, udp.Untested));
    }

    internal static string Accounts(bool consented, TextFile texts) => texts[consented ? "accountsYes" : "accountsNo"];

    internal static string Stop(ScanStop stop, TextFile texts, Words words) =>
        texts.Fill("stopItem", ("at", Jst.Text(stop.At)), ("reason", words.Reason(stop.Reason)));

    internal static string Unexamined(UnexaminedItem item, TextFile texts, Words words) => texts.Fill(
        "notExaminedItem",
        ("where", item.Item is { Protocol: { } protocol, Port: { } port } ? FindingGroup.PortName(protocol, port) : words.Texts["wholeHost"]),
        ("what", item.Title.Length > 0 ? texts.Fill("checkNamed", ("title", Printable.Line(item.Title))) : words.Texts.TextAt($"what.{item.Item.What}") ?? texts.Fill("checkUnnamed", ("id", Printable.Line(item.Item.What)))),
        ("reason", words.Reason(item.Item.Reason)));

    private static IEnumerable<string> Unexamined(ReportLine line, TextFile texts, Words words)
    {
        foreach (var item in line.Unexamined.Take(MostItems)) yield return Unexamined(item, texts, words);
        if (line.Unexamined.Count > MostItems) yield return texts.Fill("notExaminedMore", ("count", line.Unexamined.Count - MostItems));
    }

    private static (string Name, object Value)[] Numbers(int total, int tested, int open, int closed, int filtered, int untested) =>
    [
        ("total", Grouped(total)),
        ("tested", Grouped(tested)),
        ("open", Grouped(open)),
        ("closed", Grouped(closed)),
        ("filtered", Grouped(filtered)),
        ("untested", Grouped(untested)),
    ];

    private static string Grouped(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}

/// <summary>Something that was or was not examined.</summary>
internal sealed record CoverageItem(string Name, IReadOnlyList<string> Sentences);
