using System.Net;

namespace VulnDiag.Engine.Authorization;

/// <summary>Whether the target's name still resolves to the target's address; asked again as the scan goes.</summary>
internal sealed class NameGuard(IHostNameResolver resolver, TimeProvider time)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMinutes(1);

    /// <summary>How long the last good answer stands when no server can be asked.</summary>
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    private long? _asked;
    private long? _good;

    /// <summary>Judges the name.</summary>
    /// <returns>Null when it resolves to the address, or there is no name.</returns>
    public async ValueTask<Halt?> RefuseAsync(string? fqdn, IPAddress address, CancellationToken cancellationToken)
    {
        if (fqdn is null || (_asked is { } asked && time.GetElapsedTime(asked) < AskEvery)) return null;
        _asked = time.GetTimestamp();
        var addresses = await resolver.ResolveAsync(fqdn, cancellationToken);
        if (addresses is null)
        {
            if (_good is { } good && time.GetElapsedTime(good) < GoodFor) return null;
            _asked = null;
            return new Halt(HaltKind.WindowOrLeaseOver, "fqdn-unresolved", $"No DNS server could say where {fqdn} points to.");
        }

        if (addresses.Contains(address))
        {
            _good = time.GetTimestamp();
            return null;
        }

        _asked = null;
        return new Halt(HaltKind.StopNow, "fqdn-mismatch", addresses.Count == 0
            ? $"{fqdn} has no address; the line's is {address}."
            : $"{fqdn} points to {string.Join(", ", addresses)}, not to {address}.");
    }
}
