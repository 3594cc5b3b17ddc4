using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace VulnDiag.Lab.Targets;

/// <summary>An SSH server up to the end of the key exchange: it says who it is, proves its host key, and then lets nobody go on.</summary>
/// <remarks>Source: RFC 4253, sections 4.2, 6 and 7; RFC 8731 (curve25519-sha256); RFC 5656 (ecdsa-sha2-nistp256).</remarks>
public sealed class SshTarget : TcpTarget
{
    private const byte KexInit = 20;
    private const byte NewKeys = 21;
    private const byte KexEcdhInit = 30;
    private const byte KexEcdhReply = 31;
    private const int MaxPacket = 35_000;
    private const string KeyType = "ecdsa-sha2-nistp256";
    private const string Ciphers = "chacha20-poly1305@openssh.com,aes128-ctr,aes256-ctr,aes128-gcm@openssh.com";
    private const string Macs = "umac-128-etm@openssh.com,hmac-sha2-256-etm@openssh.com,hmac-sha2-256,hmac-sha2-512";

    private static readonly string[] Algorithms =
        ["curve25519-sha256,curve25519-sha256@libssh.org", KeyType, Ciphers, Ciphers, Macs, Macs, "none,zlib@openssh.com", "none,zlib@openssh.com", "", ""];

    private readonly string _identification;
    private readonly ECDsa _key;
    private readonly byte[] _publicKey;

    /// <summary>A server that identifies itself in one line.</summary>
    /// <param name="address">A loopback address.</param>
    /// <param name="port">The port.</param>
    /// <param name="identification">The line, such as <c>SSH-2.0-OpenSSH_9.2p1</c>.</param>
    /// <param name="identity">Whatever the host key is made from: the same text is the same key, today and after a restart.</param>
    public SshTarget(IPAddress address, int port, string identification, string identity = "")
        : base(address, port)
    {
        _identification = identification;
        _key = SshHostKeys.Derive($"{identity}/{EndPoint}");
        _publicKey = SshHostKeys.Blob(_key);
    }

    internal override async Task ServeAsync(TargetLine line, CancellationToken cancellationToken)
    {
        await line.WriteAsync(_identification + "\r\n", cancellationToken);
        if (await line.ReadLineAsync(cancellationToken) is not { } client) return;
        if (!client.StartsWith("SSH-", StringComparison.Ordinal))
        {
            await line.WriteAsync("Invalid SSH identification string.\r\n", cancellationToken);
            return;
        }

        var ours = KexInitPayload();
        await line.WriteAsync(SshWriter.Packet(ours), cancellationToken);
        if (await ReadAsync(line, KexInit, cancellationToken) is not { } theirs) return;
        if (await ReadAsync(line, KexEcdhInit, cancellationToken) is not { Length: 5 + X25519.Length } init) return;
        var hash = new SshWriter().Text(Encoding.Latin1.GetBytes(client)).Text(_identification).Text(theirs).Text(ours);
        await line.WriteAsync(SshWriter.Packet(Reply(hash, init[5..])), cancellationToken);
        await line.WriteAsync(SshWriter.Packet([NewKeys]), cancellationToken);
        while (await line.ReadSomeAsync(cancellationToken) is not null)
        {
            // From here on the client speaks encrypted; the lab's server has nothing more to say.
        }
    }

    private static byte[] KexInitPayload()
    {
        var payload = new SshWriter().Bytes([KexInit]).Bytes(RandomNumberGenerator.GetBytes(16));
        foreach (var names in Algorithms) payload.Text(names);
        return payload.Bytes(new byte[5]).ToArray();
    }

    /// <summary>The payload of the next packet of a type; others before it are passed over. Null when the client goes or breaks the form.</summary>
    private static async Task<byte[]?> ReadAsync(TargetLine line, byte type, CancellationToken cancellationToken)
    {
        while (await line.ReadExactlyAsync(5, cancellationToken) is { } head)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(head);
            if (length > MaxPacket || length < head[4] + 2) return null;
            if (await line.ReadExactlyAsync(length - 1, cancellationToken) is not { } body) return null;
            var payload = body[..(length - 1 - head[4])];
            if (payload[0] == type) return payload;
        }

        return null;
    }

    /// <summary>Host key, our half of the exchange, and the host key's signature of all that was said.</summary>
    private byte[] Reply(SshWriter hash, byte[] clientPoint)
    {
        var secret = RandomNumberGenerator.GetBytes(X25519.Length);
        var point = X25519.PublicKey(secret);
        var shared = X25519.Multiply(secret, clientPoint);
        var said = hash.Text(_publicKey).Text(clientPoint).Text(point).BigNumber(shared).ToArray();
        var signature = _key.SignData(SHA256.HashData(said), HashAlgorithmName.SHA256);
        var numbers = new SshWriter().BigNumber(signature.AsSpan(0, 32)).BigNumber(signature.AsSpan(32)).ToArray();
        var signed = new SshWriter().Text(KeyType).Text(numbers).ToArray();
        return new SshWriter().Bytes([KexEcdhReply]).Text(_publicKey).Text(point).Text(signed).ToArray();
    }
}
