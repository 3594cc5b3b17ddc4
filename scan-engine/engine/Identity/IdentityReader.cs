using System.Net;
using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Probes;
using VulnDiag.Engine.Tls;
using VulnDiag.Model;

namespace VulnDiag.Engine.Identity;

/// <summary>Reads one mark of a host's identity from one open port.</summary>
internal sealed class IdentityReader(IPAddress address, string? fqdn, IProbeTransport transport, IPacketGate gate, ProbeLimits limits, TimeProvider time)
{
    /// <summary>A mark's kinds.</summary>
    public const string SshKey = "ssh-host-key", TlsCertificate = "tls-certificate", Banner = "banner";

    /// <summary>Servers that wait to be spoken to in the clear carry no mark that can be read without asking something.</summary>
    private static readonly HashSet<int> WaitInTheClear = [53, 80, 81, 3000, 3389, 8000, 8008, 8080, 8081, 8888];

    /// <summary>Servers that speak first; with TLS, where marks are to be found.</summary>
    private static readonly HashSet<int> SpeakFirst = [21, 22, 23, 25, 110, 119, 143, 587, 2121, 2222, 2525, 3306, 5900, 5901, 5902];

    /// <summary>True where a port by its number alone is likely to carry a mark.</summary>
    public static bool IsLikely(int port) => TlsPorts.Usual(port) || SpeakFirst.Contains(port);

    /// <summary>Takes the strongest mark that the port offers: SSH host key, TLS certificate, or what it says by itself.</summary>
    /// <returns>Null when it offers none, or does not answer now.</returns>
    public async ValueTask<IdentityMark?> TakeAsync(int port, CancellationToken cancellationToken)
    {
        if (WaitInTheClear.Contains(port) || !gate.MayWrite(Transport.Tcp, port)) return null;
        if (TlsPorts.Usual(port)) return await ReadAsync(port, TlsCertificate, cancellationToken);
        var greeting = await ReadAsync(port, Banner, cancellationToken);
        if (greeting is null) return await ReadAsync(port, TlsCertificate, cancellationToken);
        return greeting.Value.StartsWith("SSH-", StringComparison.Ordinal) ? await ReadAsync(port, SshKey, cancellationToken) ?? greeting : greeting;
    }

    /// <summary>Reads one kind of mark.</summary>
    /// <returns>Null when it cannot be read: that is no sign of a change.</returns>
    public async ValueTask<IdentityMark?> ReadAsync(int port, string kind, CancellationToken cancellationToken)
    {
        try
        {
            var value = kind switch
            {
                SshKey => await ReadSshAsync(port, cancellationToken),
                TlsCertificate => await ReadTlsAsync(port, cancellationToken),
                _ => await ReadBannerAsync(port, cancellationToken),
            };
            return string.IsNullOrEmpty(value) ? null : new IdentityMark(port, kind, value);
        }
        catch (LinkException)
        {
            return null;
        }
    }

    private async ValueTask<string?> ReadSshAsync(int port, CancellationToken cancellationToken)
    {
        await using var link = await Context(port, SshKey, SshHostKey.Messages).ConnectAsync(cancellationToken);
        return await SshHostKey.ReadAsync(link, cancellationToken);
    }

    private async ValueTask<string?> ReadTlsAsync(int port, CancellationToken cancellationToken)
    {
        if (!gate.MayWrite(Transport.Tcp, port)) return null;
        await using var link = await Context(port, TlsCertificate, 0).ConnectAsync(cancellationToken);
        var session = await link.UpgradeToTlsAsync(cancellationToken);
        return session.Certificate is { } der ? CertificateFacts.Describe(new TlsFacts(), der).Sha256 : null;
    }

    private async ValueTask<string?> ReadBannerAsync(int port, CancellationToken cancellationToken)
    {
        await using var link = await Context(port, Banner, 0).ConnectAsync(cancellationToken);
        return BannerMark.Of(Evidence.Of(await link.ReadAsync(cancellationToken)).Text);
    }

    private ProbeContext Context(int port, string id, int messages) =>
        new(new ProbeTarget(new IPEndPoint(address, port), fqdn), new ProbeInfo($"identity-{id}", Transport.Tcp, [port], messages), transport, gate, limits, time);
}
