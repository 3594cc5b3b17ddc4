using VulnDiag.Engine.Ports;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checkpoint;

/// <summary>All that a scan knows so far. It is the sum of the checkpoint file's lines, never ahead of the answers received.</summary>
/// <remarks>Changed by one writer at a time, the checkpoint file; readers of the marks always see a whole list.</remarks>
internal sealed class ScanCheckpoint(CheckpointStart start)
{
    private readonly Dictionary<(Transport, int), ExaminedPort> _examined = [];
    private readonly Dictionary<(string, Transport, int), JudgedCheck> _judged = [];
    private readonly List<ScanStop> _stops = [];

    /// <summary>How it began.</summary>
    public CheckpointStart Start { get; } = start;

    /// <summary>TCP ports.</summary>
    public PortStates Tcp { get; } = new();

    /// <summary>UDP ports.</summary>
    public PortStates Udp { get; } = new();

    /// <summary>Ports whose service was asked for.</summary>
    public IReadOnlyDictionary<(Transport Protocol, int Port), ExaminedPort> Examined => _examined;

    /// <summary>Active checks that were run.</summary>
    public IReadOnlyDictionary<(string Check, Transport Protocol, int Port), JudgedCheck> Judged => _judged;

    /// <summary>The host's identity as taken at the start.</summary>
    public IReadOnlyList<IdentityMark> Marks { get; private set; } = [];

    /// <summary>Interruptions, in order.</summary>
    public IReadOnlyList<ScanStop> Stops => _stops;

    /// <summary>Packets of all runs up to the last line.</summary>
    public PacketCount Packets { get; private set; } = new(0, 0);

    /// <summary>The states of one transport.</summary>
    public PortStates Of(Transport transport) => transport == Transport.Tcp ? Tcp : Udp;

    /// <summary>What is known of the ports that were examined and are open, for the checks.</summary>
    public IEnumerable<PortResult> OpenPorts() => _examined.Values.Select(static examined => examined.Port).Where(static port => port.State == PortResult.Open);

    /// <summary>Adds one line.</summary>
    public void Apply(CheckpointEntry entry)
    {
        if (entry.Ports is { } ports) Apply(ports);
        if (entry.Examined is { } examined) _examined[(examined.Port.Protocol, examined.Port.Port)] = examined;
        if (entry.Judged is { } judged) _judged[(judged.Check, judged.Protocol, judged.Port)] = judged;
        if (entry.Mark is { } mark) Marks = [.. Marks, mark];
        if (entry.Stop is { } stop) _stops.Add(stop);
        if (entry.Packets is { } packets) Packets = packets;
    }

    /// <summary>The fewest lines that add up to this.</summary>
    public IEnumerable<CheckpointEntry> Compact()
    {
        yield return new CheckpointEntry { Start = Start };
        foreach (var transport in new[] { Transport.Tcp, Transport.Udp })
        {
            var known = Enumerable.Range(1, PortList.Highest).Where(port => Of(transport)[port] != PortState.Untested);
            foreach (var group in known.GroupBy(port => Of(transport)[port]).OrderBy(static group => group.Key))
                yield return new CheckpointEntry { Ports = new ResolvedPorts(transport, group.Key, PortList.Format(group)) };
        }

        foreach (var examined in _examined.Values) yield return new CheckpointEntry { Examined = examined };
        foreach (var judged in _judged.Values) yield return new CheckpointEntry { Judged = judged };
        foreach (var mark in Marks) yield return new CheckpointEntry { Mark = mark };
        foreach (var stop in _stops) yield return new CheckpointEntry { Stop = stop };
        yield return new CheckpointEntry { Packets = Packets };
    }

    private void Apply(ResolvedPorts resolved)
    {
        foreach (var port in PortList.Parse(resolved.List, resolved.Protocol).Ports) Of(resolved.Protocol)[port] = resolved.State;
    }
}
