namespace VulnDiag.Engine.Ports;

/// <summary>What is known of one port.</summary>
internal enum PortState : byte
{
    /// <summary>Nothing yet.</summary>
    Untested = 0,

    /// <summary>It answered.</summary>
    Open = 1,

    /// <summary>It said that nothing listens.</summary>
    Closed = 2,

    /// <summary>TCP: silent, or a router on the way said no. UDP: likewise, and nothing tells of closed ports: open or filtered.</summary>
    Filtered = 3,

    /// <summary>Silent once; to be asked again before it counts as filtered.</summary>
    SilentOnce = 4,

    /// <summary>UDP: silent, as a closed port of a host that sends few ICMP errors is too.</summary>
    Unresolved = 5,

    /// <summary>UDP: silent although the host, asked at its own pace, told of closed ports: open or filtered, with a reason to think so.</summary>
    KeptSilent = 6,
}

/// <summary>The states of one transport's ports.</summary>
internal sealed class PortStates
{
    private readonly PortState[] _states = new PortState[PortList.Highest + 1];

    /// <summary>A port's state.</summary>
    public PortState this[int port]
    {
        get => _states[port];
        set => _states[port] = value;
    }

    /// <summary>The ports of <paramref name="asked"/> that are in <paramref name="state"/>, in the order asked.</summary>
    public IEnumerable<int> In(IEnumerable<int> asked, PortState state) => asked.Where(port => _states[port] == state);

    /// <summary>How many of <paramref name="asked"/> are in <paramref name="state"/>.</summary>
    public int Count(IEnumerable<int> asked, PortState state) => In(asked, state).Count();
}
