using System.Net;

namespace VulnDiag.Engine.Ports;

/// <summary>How a port answered a connection attempt.</summary>
internal enum DialAnswer
{
    /// <summary>Accepted, and closed by a reset at once.</summary>
    Open,

    /// <summary>Refused by a reset.</summary>
    Closed,

    /// <summary>A router on the way says that it may not be reached.</summary>
    Prohibited,

    /// <summary>Nothing came, or the attempt was given up.</summary>
    Silent,

    /// <summary>Our own machine could not send; says nothing of the port.</summary>
    LocalFault,
}

/// <summary>The I/O edge below the connect scan.</summary>
internal interface IPortDialer
{
    /// <summary>Begins one attempt.</summary>
    /// <param name="endpoint">Where to.</param>
    /// <param name="done">Told the answer once, from any thread, possibly before this returns.</param>
    /// <returns>The attempt, to be disposed of by the caller: after its answer, or to give it up, which makes its answer "silent".</returns>
    IPortAttempt Dial(IPEndPoint endpoint, Action<int, DialAnswer> done);
}

/// <summary>One attempt under way. Disposing of it before its answer gives it up.</summary>
internal interface IPortAttempt : IDisposable
{
    /// <summary>True when the answer is here already and only waits to be told: a busy scanner is no silent port.</summary>
    bool HasAnswer { get; }
}
