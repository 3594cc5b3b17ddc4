using VulnDiag.Model;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Sections;

/// <summary>Findings that one and the same work mends: all known vulnerabilities of the product on a port, or a single other finding.</summary>
/// <remarks>Thirty CVEs of one outdated server are one update; thirty blocks would hide what to do.</remarks>
internal sealed record FindingGroup
{
    private static readonly TextFile Texts = TextFile.Load("lines");

    private FindingGroup(string key, IReadOnlyList<ReportFinding> findings, string product)
    {
        Key = key;
        Findings = findings;
        Product = product;
    }

    /// <summary>The same for the same work on other ports and lines.</summary>
    internal string Key { get; }

    /// <summary>Product and version that the work is on, or empty.</summary>
    internal string Product { get; }

    /// <summary>Worst first; at least one.</summary>
    internal IReadOnlyList<ReportFinding> Findings { get; }

    internal ReportFinding Worst => Findings[0];

    internal Severity Severity => Worst.Severity;

    /// <summary>Sorts by what to do first: 対処要 has no score, but cannot wait for what the scores call 警告.</summary>
    internal int Urgency => Severity switch
    {
        Severity.Critical => 0,
        Severity.High => 1,
        Severity.Act => 2,
        Severity.Medium => 3,
        Severity.Low => 4,
        Severity.Recommended => 5,
    };

    internal CheckText Text => Worst.Text;

    internal bool Exploited => Findings.Any(static finding => finding.Machine.Kev);

    internal string PortText => PortName(Worst.Machine.Protocol, Worst.Machine.Port);

    internal string Heading => Findings.Count == 1 ? Printable.Line(Text.Title)
        : Product.Length > 0 ? Texts.Fill("group", ("product", Printable.Line(Product)), ("count", Findings.Count))
        : Texts.Fill("groupUnnamed", ("count", Findings.Count));

    /// <summary>Groups in the order of their worst finding.</summary>
    internal static IReadOnlyList<FindingGroup> Of(IEnumerable<ReportFinding> findings, ScanResult? scan) =>
    [
        .. findings.GroupBy(KeyOf).Select(group => new FindingGroup(group.Key.Work, [.. group], ProductOf(scan, group.Key.Protocol, group.Key.Port))),
    ];

    internal static string PortName(Transport protocol, int port) => FormattableString.Invariant($"{protocol.ToString().ToUpperInvariant()} {port}");

    private static (Transport Protocol, int Port, string Work) KeyOf(ReportFinding finding) => (
        finding.Machine.Protocol,
        finding.Machine.Port,
        finding.Machine.Kind is FindingKind.Vulnerability ? finding.Text.Action : finding.Machine.Id);

    private static string ProductOf(ScanResult? scan, Transport protocol, int port) =>
        scan?.Ports.FirstOrDefault(result => result.Protocol == protocol && result.Port == port) is { Product: { } product } found
            ? $"{product} {found.Version}".Trim()
            : "";
}
