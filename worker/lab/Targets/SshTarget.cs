using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace VulnDiag.Lab.Targets;

/// <summary>An SSH server up to the start of the key exchange: identification line, then the list of its algorithms.</summary>
/// <remarks>Source: RFC 4253, sections 4.2 (version exchange), 6 (packets) and 7.1 (KEXINIT).</remarks>
public sealed class SshTarget(IPAddress address, int port, string identification) : TcpTarget(address, port)
{
    private const byte KexInit = 20;

    // What an OpenSSH 9.2 offers by default, as its manual page ssh_config(5) lists it.
    private static readonly string[] Algorithms =
    [
        "sntrup761x25519-sha512@openssh.com,curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,diffie-hellman-group16-sha512",
        "rsa-sha2-512,rsa-sha2-256,ecdsa-sha2-nistp256,ssh-ed25519",
        "chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr,aes128-gcm@openssh.com",
        "chacha20-poly1305@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr,aes128-gcm@openssh.com",
        "umac-128-etm@openssh.com,hmac-sha2-256-etm@openssh.com,hmac-sha2-512",
        "umac-128-etm@openssh.com,hmac-sha2-256-etm@openssh.com,hmac-sha2-512",
        "none,zlib@openssh.com",
        "none,zlib@openssh.com",
        "",
        "",
    ];

    internal override async Task ServeAsync(TargetLine line, CancellationToken cancellationToken)
    {
        await line.WriteAsync(identification + "\r\n", cancellationToken);
        var client = await line.ReadLineAsync(cancellationToken);
        if (client is null) return;
        if (!client.StartsWith("SSH-", StringComparison.Ordinal))
        {
            await line.WriteAsync("Invalid SSH identification string.\r\n", cancellationToken);
            return;
        }

        await line.WriteAsync(Packet(KexInitPayload()), cancellationToken);
        while (await line.ReadSomeAsync(cancellationToken) is not null)
        {
            // The exchange goes no further: the lab's server waits, as one that is slow would.
        }
    }

    private static byte[] KexInitPayload()
    {
        using var payload = new MemoryStream();
        payload.WriteByte(KexInit);
        payload.Write(Guid.NewGuid().ToByteArray());
        Span<byte> length = stackalloc byte[4];
        foreach (var names in Algorithms)
        {
            var bytes = Encoding.ASCII.GetBytes(names);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            payload.Write(length);
            payload.Write(bytes);
        }

        payload.Write(new byte[5]);
        return payload.ToArray();
    }

    /// <summary>The payload in an unencrypted binary packet: length, padding length, payload, padding to a multiple of eight.</summary>
    private static byte[] Packet(byte[] payload)
    {
        var padding = 8 - ((payload.Length + 5) % 8);
        if (padding < 4) padding += 8;
        var packet = new byte[5 + payload.Length + padding];
        BinaryPrimitives.WriteInt32BigEndian(packet, 1 + payload.Length + padding);
        packet[4] = (byte)padding;
        payload.CopyTo(packet, 5);
        return packet;
    }
}
