using VulnDiag.Engine.Authorization;

namespace VulnDiag.Engine.Ports;

/// <summary>A way to tell TCP ports apart.</summary>
internal interface ITcpScan
{
    /// <summary>Its name in the result: <c>syn</c> or <c>connect</c>.</summary>
    string Method { get; }

    /// <summary>True when our own machine failed to send so often that ports stay untested.</summary>
    bool GaveUp { get; }

    /// <summary>Resolves every port of <paramref name="order"/> that the checkpoint does not know yet.</summary>
    /// <param name="order">Ports in the order to ask.</param>
    /// <param name="progress">Told how many of them are resolved.</param>
    /// <exception cref="ScanHaltedException">Nothing more may be sent; what was answered is in the checkpoint.</exception>
    Task RunAsync(IReadOnlyList<int> order, Action<int> progress, CancellationToken cancellationToken);
}
