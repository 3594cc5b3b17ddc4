using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using VulnDiag.Engine.Probes;

namespace VulnDiag.Engine.Identity;

/// <summary>Reads an SSH server's host key by the first half of a key exchange. Nothing is signed in, nothing is encrypted.</summary>
/// <remarks>
/// Worst case: 1 connection, 3 messages. Source: RFC 4253 sections 6 to 8, RFC 5656 section 4 and RFC 8731 (the reply starts with the host
/// key in the clear). Any 32 bytes are a public key of curve25519 (RFC 7748 section 5), so no secret of ours is needed.
/// </remarks>
internal static class SshHostKey
{
    private const int MaxPacket = 35000;
    private const byte KexInit = 20;
    private const byte KexEcdhInit = 30;
    private const byte KexEcdhReply = 31;

    /// <summary>What is offered, in an order of our own, so that the same server always shows the same key.</summary>
    private static readonly string[] Offers =
    [
        "curve25519-sha256,curve25519-sha256@libssh.org",
        "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,rsa-sha2-512,rsa-sha2-256,ssh-rsa",
        "aes128-ctr,aes256-ctr,aes128-gcm@openssh.com,chacha20-poly1305@openssh.com,aes128-cbc",
        "aes128-ctr,aes256-ctr,aes128-gcm@openssh.com,chacha20-poly1305@openssh.com,aes128-cbc",
        "hmac-sha2-256,hmac-sha2-512,hmac-sha1",
        "hmac-sha2-256,hmac-sha2-512,hmac-sha1",
        "none",
        "none",
        "",
        "",
    ];

    /// <summary>Messages that one reading sends.</summary>
    public const int Messages = 3;

    /// <summary>The key's fingerprint as OpenSSH prints it: <c>SHA256:…</c>.</summary>
    /// <returns>Null when the server speaks another key exchange or no SSH.</returns>
    public static async ValueTask<string?> ReadAsync(ProbeLink link, CancellationToken cancellationToken)
    {
        var banner = await link.ReadUntilAsync("\n"u8.ToArray(), cancellationToken);
        if (!banner.Span.StartsWith("SSH-"u8)) return null;
        await link.SendAsync("SSH-2.0-VulnDiag\r\n"u8.ToArray(), cancellationToken);
        await link.SendAsync(Packet(Init()), cancellationToken);
        if (await ReadPacketAsync(link, KexInit, cancellationToken) is null) return null;
        await link.SendAsync(Packet([KexEcdhInit, 0, 0, 0, 32, .. RandomNumberGenerator.GetBytes(32)]), cancellationToken);
        return await ReadPacketAsync(link, KexEcdhReply, cancellationToken) is { } reply ? FingerprintOf(reply.Span) : null;
    }

    /// <summary>Reads the host key out of a reply's payload.</summary>
    internal static string? FingerprintOf(ReadOnlySpan<byte> reply)
    {
        if (reply.Length < 5 || reply[0] != KexEcdhReply) return null;
        var length = BinaryPrimitives.ReadUInt32BigEndian(reply[1..]);
        if (length == 0 || length > reply.Length - 5) return null;
        return "SHA256:" + Convert.ToBase64String(SHA256.HashData(reply.Slice(5, (int)length))).TrimEnd('=');
    }

    private static async ValueTask<ReadOnlyMemory<byte>?> ReadPacketAsync(ProbeLink link, byte type, CancellationToken cancellationToken)
    {
        // A server may send other messages first, such as SSH_MSG_DEBUG.
        for (var i = 0; i < 4; i++)
        {
            var head = await link.ReadExactlyAsync(5, cancellationToken);
            if (head.Length < 5) return null;
            var length = BinaryPrimitives.ReadUInt32BigEndian(head.Span);
            var padding = head.Span[4];
            if (length > MaxPacket || length < padding + 2u) return null;
            var body = await link.ReadExactlyAsync((int)length - 1, cancellationToken);
            if (body.Length < (int)length - 1) return null;
            var payload = body[..((int)length - 1 - padding)];
            if (payload.Span[0] == type) return payload;
        }

        return null;
    }

    private static byte[] Init()
    {
        var payload = new List<byte> { KexInit };
        payload.AddRange(RandomNumberGenerator.GetBytes(16));
        foreach (var names in Offers)
        {
            payload.AddRange(Number(names.Length));
            payload.AddRange(Encoding.ASCII.GetBytes(names));
        }

        payload.AddRange([0, 0, 0, 0, 0]);
        return [.. payload];
    }

    private static byte[] Packet(byte[] payload)
    {
        var padding = 8 - (5 + payload.Length) % 8;
        if (padding < 4) padding += 8;
        return [.. Number(1 + payload.Length + padding), (byte)padding, .. payload, .. new byte[padding]];
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
