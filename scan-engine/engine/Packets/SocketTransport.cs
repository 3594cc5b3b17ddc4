using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using VulnDiag.Engine.Probes;

namespace VulnDiag.Engine.Packets;

/// <summary>Conversations over the kernel's sockets: no privilege needed.</summary>
internal sealed class SocketTransport(TimeProvider time) : IProbeTransport
{
    public async ValueTask<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new LingerOption(true, 0) };
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new LinkException(FailureOf(error.SocketErrorCode), $"TCP port {endpoint.Port}: {error.SocketErrorCode}.", error);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async ValueTask<TlsSession> UpgradeAsync(Stream stream, string? serverName, CancellationToken cancellationToken)
    {
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(Options(serverName), cancellationToken);
            ReadOnlyMemory<byte>? certificate = tls.RemoteCertificate is { } shown ? shown.GetRawCertData() : default(ReadOnlyMemory<byte>?);
            return new TlsSession(tls, VersionName(tls.SslProtocol), tls.NegotiatedCipherSuite.ToString(), certificate);
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            await tls.DisposeAsync();
            throw new LinkException(LinkFailure.TlsFailed, $"The TLS handshake failed: {(error.InnerException ?? error).Message}", error);
        }
    }

    public async ValueTask<ReadOnlyMemory<byte>?> ExchangeAsync(IPEndPoint endpoint, ReadOnlyMemory<byte> datagram, bool fromAnyPort, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        using var timer = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        var buffer = new byte[65535];
        try
        {
            if (fromAnyPort) return await ExchangeUnboundAsync(socket, endpoint, datagram, buffer, both.Token);
            await socket.ConnectAsync(endpoint, both.Token);
            await socket.SendAsync(datagram, both.Token);
            var count = await socket.ReceiveAsync(buffer, both.Token);
            return buffer.AsMemory(0, count);
        }
        catch (SocketException error)
        {
            throw new LinkException(FailureOf(error.SocketErrorCode), $"UDP port {endpoint.Port}: {error.SocketErrorCode}.", error);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Without a peer the kernel lets all answers in; those of other hosts are passed over.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>?> ExchangeUnboundAsync(Socket socket, IPEndPoint endpoint, ReadOnlyMemory<byte> datagram, byte[] buffer, CancellationToken cancellationToken)
    {
        await socket.SendToAsync(datagram, endpoint, cancellationToken);
        while (true)
        {
            var answer = await socket.ReceiveFromAsync(buffer, SocketFlags.None, endpoint, cancellationToken);
            if (answer.RemoteEndPoint is IPEndPoint from && from.Address.Equals(endpoint.Address)) return buffer.AsMemory(0, answer.ReceivedBytes);
        }
    }

    /// <summary>What an error of the kernel says about the other side.</summary>
    internal static LinkFailure FailureOf(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => LinkFailure.Refused,
        SocketError.TimedOut => LinkFailure.TimedOut,
        SocketError.ConnectionReset or SocketError.ConnectionAborted => LinkFailure.Reset,
        _ => LinkFailure.Unreachable,
    };

    private static SslClientAuthenticationOptions Options(string? serverName) => new()
    {
        TargetHost = serverName ?? "",
        AllowTlsResume = false,
#pragma warning disable CA5359 // The certificate is what is being looked at; nothing secret is sent inside.
        RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
        // Building the chain must not send packets to the servers that a certificate names (AIA, CRL, OCSP).
        CertificateChainPolicy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            TrustMode = X509ChainTrustMode.CustomRootTrust,
        },
    };

    private static string VersionName(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls12 => "TLSv1.2",
        SslProtocols.Tls13 => "TLSv1.3",
        _ => protocol.ToString(),
    };
}
