using System.Reflection;
using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Fingerprints;
using VulnDiag.Engine.Ports;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Results;

/// <summary>Puts a result together from what the checkpoint knows: the same whether the scan ran through or was interrupted.</summary>
internal static class ResultBuilder
{
    /// <summary>The result of a session as it stands.</summary>
    public static ScanResult Build(ScanSession session, IReadOnlyList<IFindingSource> sources)
    {
        var state = session.Checkpoint.State;
        var terms = session.Lease.Current;
        var coverage = Coverage(state, session.Ports);
        var unexamined = Unexamined(state, session.Ports).ToList();
        var judgedAll = session.Checks.Finished;
        return new ScanResult
        {
            Line = terms.Line,
            Target = session.Target,
            Started = state.Start.Started,
            Finished = session.Gate.Now,
            Complete = session.Stop.Current is null && coverage.Tcp.Untested == 0 && coverage.Udp.Untested == 0 && unexamined.Count == 0 && judgedAll,
            Method = session.TcpScan.Method,
            Seed = state.Start.Seed,
            SourceAddresses = [.. terms.SourceAddresses.Append(session.OwnAddress()).OfType<string>().Distinct()],
            Packets = session.Packets,
            Coverage = coverage,
            Ports = Ports(state, unexamined),
            Findings = [.. session.Checks.Findings.OrderBy(static finding => finding.Protocol).ThenBy(static finding => finding.Port).ThenBy(static finding => finding.Id, StringComparer.Ordinal)],
            NotExamined = [.. NotExamined(session, unexamined)],
            Stops = state.Stops,
            Versions = Versions(sources),
        };
    }

    /// <summary>The result of a scan that was refused before its first packet.</summary>
    public static ScanResult Refused(ScanAuthorization? authorization, ScanPorts? ports, Refusal refusal, DateTimeOffset now) => new()
    {
        Line = authorization?.Line ?? "",
        Target = new ScanTarget(authorization?.Address ?? "", authorization?.Fqdn),
        Started = now,
        Finished = now,
        Complete = false,
        Coverage = new ScanCoverage(new TcpCoverage(0, 0, 0, ports?.Tcp.Count ?? 0), new UdpCoverage(0, 0, 0, ports?.Udp.Count ?? 0)),
        Stops = [new ScanStop(now, refusal.ToString())],
        Versions = Versions([]),
    };

    private static ScanCoverage Coverage(ScanCheckpoint state, ScanPorts ports)
    {
        int Tcp(PortState wanted) => state.Tcp.Count(ports.Tcp, wanted);
        int Udp(PortState wanted) => state.Udp.Count(ports.Udp, wanted);
        return new ScanCoverage(
            new TcpCoverage(Tcp(PortState.Open), Tcp(PortState.Closed), Tcp(PortState.Filtered), Tcp(PortState.Untested) + Tcp(PortState.SilentOnce)),
            new UdpCoverage(Udp(PortState.Open), Udp(PortState.Closed), Udp(PortState.Filtered) + Udp(PortState.KeptSilent) + Udp(PortState.Unresolved), Udp(PortState.Untested) + Udp(PortState.SilentOnce), Udp(PortState.Unresolved)));
    }

    /// <summary>Open ports whose service was not asked for before the scan ended, and such as may be open.</summary>
    private static IEnumerable<(Transport Protocol, int Port, string State)> Unexamined(ScanCheckpoint state, ScanPorts ports) =>
        state.Tcp.In(ports.Tcp, PortState.Open).Select(static port => (Protocol: Transport.Tcp, Port: port, State: PortResult.Open))
            .Concat(state.Udp.In(ports.Udp, PortState.Open).Select(static port => (Protocol: Transport.Udp, Port: port, State: PortResult.Open)))
            .Concat(state.Udp.In(ports.Udp, PortState.KeptSilent).Select(static port => (Protocol: Transport.Udp, Port: port, State: PortResult.OpenOrFiltered)))
            .Where(port => !state.Examined.ContainsKey((port.Protocol, port.Port)));

    private static IReadOnlyList<PortResult> Ports(ScanCheckpoint state, IEnumerable<(Transport Protocol, int Port, string State)> unexamined) =>
        [.. state.Examined.Values.Select(static examined => examined.Port)
            .Concat(unexamined.Select(static port => new PortResult { Protocol = port.Protocol, Port = port.Port, State = port.State, Confidence = 0 }))
            .OrderBy(static port => port.Protocol).ThenBy(static port => port.Port)];

    private static IEnumerable<NotExamined> NotExamined(ScanSession session, IEnumerable<(Transport Protocol, int Port, string State)> unexamined)
    {
        var state = session.Checkpoint.State;
        if (session.TcpScan.GaveUp)
            yield return new NotExamined(Transport.Tcp, null, "ports", "The scanner's own machine failed to send again and again; the untested ports were not asked.");
        if (session.Ports.Tcp.Count > 0 && session.Ports.Tcp.All(port => state.Tcp[port] is not (PortState.Open or PortState.Closed)))
            yield return new NotExamined(null, null, "alive", "No TCP port answered: a host that is off and one behind a silent filter look the same.");
        foreach (var port in unexamined) yield return new NotExamined(port.Protocol, port.Port, "identify", "The scan ended before the port was examined.");
        foreach (var missed in state.Examined.Values.SelectMany(static examined => examined.NotExamined).Concat(session.Checks.NotExamined)
            .OrderBy(static missed => missed.Protocol).ThenBy(static missed => missed.Port).ThenBy(static missed => missed.What, StringComparer.Ordinal)) yield return missed;
    }

    private static Dictionary<string, string> Versions(IReadOnlyList<IFindingSource> sources)
    {
        var files = FingerprintCatalogue.ShippedFiles();
        var versions = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["engine"] = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "0.0.0",
            ["probes"] = $"{ProbeCatalogue.All.Count}",
            ["fingerprints"] = $"{files.Sum(static file => file.Entries.Count)} of {files.Max(static file => file.Date)}",
            ["checks"] = $"{Checks.CheckTexts.ById.Count}",
        };
        foreach (var source in sources) versions[source.Version.Key] = source.Version.Value;
        return versions;
    }
}
