using System.Net.Security;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Tls;

/// <summary>Asks a port, version by version, which TLS it accepts, and reads its certificate.</summary>
internal sealed class TlsInspector(ProbeContext context)
{
    /// <inheritdoc cref="ProbeContext.InspectTlsAsync"/>
    public async ValueTask<TlsFacts?> InspectAsync(Func<ProbeLink, CancellationToken, ValueTask<bool>>? prepare, CancellationToken cancellationToken)
    {
        var flights = new Dictionary<TlsVersion, ServerFlight>();
        var spoken = false;
        foreach (var version in TlsVersions.NewestFirst)
        {
            if (flights.ContainsKey(version)) continue;
            var flight = await AskAsync(version, prepare, cancellationToken);
            spoken |= flight?.Kind is FlightKind.Alert or FlightKind.Accepted;
            if (flight is { Kind: FlightKind.Accepted, Version: { } chosen }) flights.TryAdd(chosen, flight);
            // A port that answers two offers with anything but TLS speaks none: no more connections are spent on it.
            if (!spoken && (flight is null || flight.Kind == FlightKind.NotTls || version <= TlsVersion.Tls12)) return null;
        }

        return flights.Count == 0 ? null : await DescribeAsync(flights, prepare, cancellationToken);
    }

    private async ValueTask<ServerFlight?> AskAsync(TlsVersion version, Func<ProbeLink, CancellationToken, ValueTask<bool>>? prepare, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectForTlsAsync(cancellationToken);
        if (prepare is not null && !await prepare(link, cancellationToken)) return null;
        await link.SendHandshakeAsync(ClientHello.Build(version, context.Target.Fqdn), cancellationToken);
        var answer = await link.ReadHandshakeAsync(static bytes => ServerFlight.Parse(bytes).Done, cancellationToken);
        // Who keeps silent on a ClientHello waits for something else; asking again would only cost time.
        return answer.IsEmpty && !link.Closed ? null : ServerFlight.Parse(answer.Span);
    }

    private async ValueTask<TlsFacts> DescribeAsync(
        Dictionary<TlsVersion, ServerFlight> flights, Func<ProbeLink, CancellationToken, ValueTask<bool>>? prepare, CancellationToken cancellationToken)
    {
        var newest = flights.MaxBy(static pair => pair.Key).Value;
        var facts = new TlsFacts
        {
            Versions = [.. flights.Keys.Order().Select(static version => version.Name())],
            Cipher = ((TlsCipherSuite)newest.Cipher).ToString(),
            StartTls = prepare is not null,
        };
        var certificate = flights.Values.Select(static flight => flight.Certificate).FirstOrDefault(static der => der is not null)
            ?? await CertificateInsideAsync(prepare, cancellationToken);
        return certificate is { } der ? CertificateFacts.Describe(facts, der) : facts;
    }

    /// <summary>TLS 1.3 encrypts the certificate, so a handshake is carried through to see it.</summary>
    private async ValueTask<ReadOnlyMemory<byte>?> CertificateInsideAsync(Func<ProbeLink, CancellationToken, ValueTask<bool>>? prepare, CancellationToken cancellationToken)
    {
        try
        {
            await using var link = await context.ConnectForTlsAsync(cancellationToken);
            if (prepare is not null && !await prepare(link, cancellationToken)) return null;
            return (await link.UpgradeToTlsAsync(cancellationToken)).Certificate;
        }
        catch (LinkException)
        {
            return null;
        }
    }
}
