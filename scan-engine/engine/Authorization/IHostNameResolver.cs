using System.Net;

namespace VulnDiag.Engine.Authorization;

/// <summary>Resolves a name to its addresses.</summary>
public interface IHostNameResolver
{
    /// <summary>All A and AAAA addresses.</summary>
    /// <returns>Empty when the name has none; null when no server could be asked.</returns>
    ValueTask<IReadOnlyList<IPAddress>?> ResolveAsync(string fqdn, CancellationToken cancellationToken);
}
