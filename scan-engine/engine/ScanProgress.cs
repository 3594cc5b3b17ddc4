namespace VulnDiag.Engine;

/// <summary>Where a scan stands.</summary>
/// <param name="Stage">What it is doing.</param>
/// <param name="Done">Steps done in this stage.</param>
/// <param name="Total">Steps of this stage; 0 when unknown.</param>
/// <param name="OpenPorts">Open ports found so far, both transports.</param>
/// <param name="PacketsSent">Packets charged so far.</param>
/// <param name="Remaining">Forecast for this stage at the present pace; null when unknown.</param>
public sealed record ScanProgress(ScanStage Stage, int Done, int Total, int OpenPorts, long PacketsSent, TimeSpan? Remaining);

/// <summary>The stages of a scan, in order.</summary>
public enum ScanStage
{
    /// <summary>Signature, window, target.</summary>
    Authorize,

    /// <summary>Looking for a sign of life and for the host's identity.</summary>
    Alive,

    /// <summary>TCP ports.</summary>
    TcpPorts,

    /// <summary>UDP ports.</summary>
    UdpPorts,

    /// <summary>Service and version of each open port.</summary>
    Identify,

    /// <summary>Checks that the open ports call for.</summary>
    Check,

    /// <summary>Writing the result.</summary>
    Write,
}

/// <summary>Is told how a scan goes. Called from one thread at a time; must return quickly and not throw.</summary>
public interface IScanProgress
{
    /// <summary>A step was made; called at most a few times a second, and at every change of stage.</summary>
    void Report(ScanProgress progress);

    /// <summary>Something that a person should read, such as a resumed checkpoint or a stop. English, one line.</summary>
    void Say(string message);
}
