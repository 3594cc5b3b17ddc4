using VulnDiag.Model;

namespace VulnDiag.Report;

/// <summary>A result file is outside data: JSON can leave out, or make null, what the types promise.</summary>
internal static class ScanResultParts
{
    /// <summary>The first part that should be there and is not, as a JSON path, or null.</summary>
    internal static string? Missing(ScanResult result) => All(result).Where(static part => part.Value is null).Select(static part => part.Path).FirstOrDefault();

    private static IEnumerable<(string Path, object? Value)> All(ScanResult result)
    {
        yield return ("line", result.Line);
        yield return ("target", result.Target);
        yield return ("target.address", result.Target?.Address);
        yield return ("coverage", result.Coverage);
        yield return ("coverage.tcp", result.Coverage?.Tcp);
        yield return ("coverage.udp", result.Coverage?.Udp);
        yield return ("packets", result.Packets);
        yield return ("method", result.Method);
        yield return ("versions", result.Versions);
        foreach (var part in Items("sourceAddresses", result.SourceAddresses, static _ => [])) yield return part;
        foreach (var part in Items("ports", result.Ports, OfPort)) yield return part;
        foreach (var part in Items("findings", result.Findings, OfFinding)) yield return part;
        foreach (var part in Items("notExamined", result.NotExamined, static item => [("what", item.What), ("reason", item.Reason)])) yield return part;
        foreach (var part in Items("stops", result.Stops, static stop => [("reason", stop.Reason)])) yield return part;
    }

    private static IEnumerable<(string Path, object? Value)> OfPort(PortResult port) =>
    [
        ("state", port.State),
        ("evidence", port.Evidence),
        .. Items("cpe", port.Cpe, static _ => []),
        .. port.Tls is { } tls ? Items("tls.versions", tls.Versions, static _ => []) : [],
    ];

    private static IEnumerable<(string Path, object? Value)> OfFinding(ScanFinding finding) =>
    [
        ("id", finding.Id),
        ("titleJa", finding.TitleJa),
        ("evidence", finding.Evidence),
        ("severity", Enum.IsDefined(finding.Severity) ? finding : null),
        ("kind", Enum.IsDefined(finding.Kind) ? finding : null),
        ("cvss.version", finding.Cvss is null ? "" : finding.Cvss.Version),
        .. Items("cve", finding.Cve, static _ => []),
        .. Items("jvn", finding.Jvn, static _ => []),
    ];

    private static IEnumerable<(string Path, object? Value)> Items<T>(string path, IReadOnlyList<T>? items, Func<T, IEnumerable<(string Path, object? Value)>> parts)
    {
        yield return (path, items);
        for (var index = 0; index < (items?.Count ?? 0); index++)
        {
            var item = items![index];
            yield return ($"{path}[{index}]", item);
            if (item is null) continue;
            foreach (var part in parts(item)) yield return ($"{path}[{index}].{part.Path}", part.Value);
        }
    }
}
