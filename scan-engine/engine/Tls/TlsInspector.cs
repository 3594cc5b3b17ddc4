using System.Net.Security;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Tls;

/// <summary>Asks a port, version by version, which TLS it accepts, reads its certificate, and then asks for what it should refuse.</summary>
internal sealed class TlsInspector(ProbeContext context, Func<ProbeLink, CancellationToken, ValueTask<bool>>? prepare)
{
    /// <inheritdoc cref="ProbeContext.InspectTlsAsync"/>
    public async ValueTask<TlsFacts?> InspectAsync(CancellationToken cancellationToken)
    {
        var flights = new Dictionary<TlsVersion, ServerFlight>();
        var spoken = false;
        foreach (var version in TlsVersions.NewestFirst)
        {
            if (flights.ContainsKey(version)) continue;
            var flight = await AskAsync(ClientHello.Build(version, context.Target.Fqdn), cancellationToken);
            spoken |= flight?.Kind is FlightKind.Alert or FlightKind.Accepted;
            if (flight is { Kind: FlightKind.Accepted, Version: { } chosen }) flights.TryAdd(chosen, flight);
            // A port that answers two offers with anything but TLS speaks none: no more connections are spent on it.
            if (!spoken && (flight is null || flight.Kind == FlightKind.NotTls || version <= TlsVersion.Tls12)) return null;
        }

        return flights.Count == 0 ? null : await DescribeAsync(flights, cancellationToken);
    }

    private async ValueTask<ServerFlight?> AskAsync(byte[] hello, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectForTlsAsync(cancellationToken);
        if (prepare is not null && !await prepare(link, cancellationToken)) return null;
        await link.SendHandshakeAsync(hello, cancellationToken);
        var answer = await link.ReadHandshakeAsync(static bytes => ServerFlight.Parse(bytes).Done, cancellationToken);
        // Who keeps silent on a ClientHello waits for something else; asking again would only cost time.
        return answer.IsEmpty && !link.Closed ? null : ServerFlight.Parse(answer.Span);
    }

    private async ValueTask<TlsFacts> DescribeAsync(Dictionary<TlsVersion, ServerFlight> flights, CancellationToken cancellationToken)
    {
        var newest = flights.MaxBy(static pair => pair.Key).Value;
        var facts = new TlsFacts
        {
            Versions = [.. flights.Keys.Order().Select(static version => version.Name())],
            Cipher = ((TlsCipherSuite)newest.Cipher).ToString(),
            StartTls = prepare is not null,
        };
        var sent = flights.Values.Select(static flight => flight.Certificates).FirstOrDefault(static chain => chain.Count > 0);
        if (sent is not null) facts = CertificateFacts.Describe(facts, sent[0]) with { Chain = CertificateFacts.Subjects(sent) };
        else if (await CertificateInsideAsync(cancellationToken) is { } der) facts = CertificateFacts.Describe(facts, der);
        var classic = flights.Keys.Where(static version => version < TlsVersion.Tls13).ToList();
        return classic.Count == 0 ? facts : await WithWeaknessesAsync(facts, classic.Max(), cancellationToken);
    }

    /// <summary>
    /// Offers nothing but broken suites, then what is left of them, until the server refuses; and once nothing but classic
    /// Diffie-Hellman, whose group shows. A sound server costs two connections.
    /// </summary>
    private async ValueTask<TlsFacts> WithWeaknessesAsync(TlsFacts facts, TlsVersion version, CancellationToken cancellationToken)
    {
        var weak = new List<string>();
        var left = new Dictionary<string, IReadOnlyList<TlsCipherSuite>>(CipherClasses.Broken, StringComparer.Ordinal);
        while (left.Count > 0 && await ChooseAsync(version, [.. left.Values.SelectMany(static suites => suites)], cancellationToken) is { } flight)
        {
            var chosen = (TlsCipherSuite)flight.Cipher;
            if (left.FirstOrDefault(broken => broken.Value.Contains(chosen)).Key is not { } name) break;
            weak.Add(chosen.ToString());
            left.Remove(name);
        }

        var byDh = await ChooseAsync(version, CipherClasses.ByDh, cancellationToken);
        return facts with { WeakCiphers = weak, DhBits = byDh?.DhBits };
    }

    private async ValueTask<ServerFlight?> ChooseAsync(TlsVersion version, IReadOnlyList<TlsCipherSuite> suites, CancellationToken cancellationToken)
    {
        try
        {
            var flight = await AskAsync(ClientHello.Build(version, context.Target.Fqdn, suites), cancellationToken);
            return flight?.Kind == FlightKind.Accepted ? flight : null;
        }
        catch (LinkException)
        {
            return null;
        }
    }

    /// <summary>TLS 1.3 encrypts the certificate, so a handshake is carried through to see it.</summary>
    private async ValueTask<ReadOnlyMemory<byte>?> CertificateInsideAsync(CancellationToken cancellationToken)
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
