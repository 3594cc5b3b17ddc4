namespace VulnDiag.Engine.Authorization;

/// <summary>Why a scan ends early. The three have three behaviours and are never merged.</summary>
/// <remarks>Source: STYLE section 7.</remarks>
public enum HaltKind
{
    /// <summary>The process is asked to end: checkpoint, go on later with the same result file.</summary>
    HostStopping,

    /// <summary>The window closed or the lease ran out: checkpoint, go on in the next window.</summary>
    WindowOrLeaseOver,

    /// <summary>Cancel, STOP, kill switch or a changed identity: nothing more is sent, now.</summary>
    StopNow,
}

/// <summary>One reason to send nothing more.</summary>
/// <param name="Kind">Which of the three behaviours follows.</param>
/// <param name="Word">One machine word, such as <c>window-closed</c>.</param>
/// <param name="Words">The same for a person.</param>
public sealed record Halt(HaltKind Kind, string Word, string Words)
{
    /// <summary>As it stands in the result file.</summary>
    public override string ToString() => $"{Word}: {Words}";
}

/// <summary>Thrown by the packet gate out of whatever was about to send; carries the reason to the runner.</summary>
internal sealed class ScanHaltedException(Halt halt) : Exception(halt.ToString())
{
    public Halt Halt { get; } = halt;
}
