using Microsoft.Extensions.Hosting;

namespace VulnDiag.Lab.Kintone.Http;

/// <summary>Leaves the process' signals alone: the emulator lives inside another program, whose Ctrl+C is not its own.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
