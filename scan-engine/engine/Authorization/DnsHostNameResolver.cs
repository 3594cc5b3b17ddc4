using System.Net;
using DnsClient;
using DnsClient.Protocol;

namespace VulnDiag.Engine.Authorization;

/// <summary>Asks DNS servers, without a cache of its own.</summary>
public sealed class DnsHostNameResolver : IHostNameResolver
{
    private readonly Lazy<LookupClient> _client;

    /// <summary>A resolver over the given servers, or the system's when there are none.</summary>
    public DnsHostNameResolver(IReadOnlyList<IPEndPoint> servers) => _client = new(() => new LookupClient(Options(servers)));

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IPAddress>?> ResolveAsync(string fqdn, CancellationToken cancellationToken)
    {
        try
        {
            var v4 = await _client.Value.QueryAsync(fqdn, QueryType.A, cancellationToken: cancellationToken);
            var v6 = await _client.Value.QueryAsync(fqdn, QueryType.AAAA, cancellationToken: cancellationToken);
            var answered = Answered(v4) && Answered(v6);
            var addresses = v4.Answers.Concat(v6.Answers).OfType<AddressRecord>().Select(static record => record.Address).ToList();
            return answered || addresses.Count > 0 ? addresses : null;
        }
        catch (DnsResponseException)
        {
            return null;
        }
    }

    private static bool Answered(IDnsQueryResponse response) =>
        !response.HasError || response.Header.ResponseCode == DnsHeaderResponseCode.NotExistentDomain;

    private static LookupClientOptions Options(IReadOnlyList<IPEndPoint> servers)
    {
        var options = servers.Count > 0
            ? new LookupClientOptions([.. servers]) { AutoResolveNameServers = false }
            : new LookupClientOptions();
        options.UseCache = false;
        options.Retries = 2;
        options.Timeout = TimeSpan.FromSeconds(3);
        options.ThrowDnsErrors = false;
        return options;
    }
}
