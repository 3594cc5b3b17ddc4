using System.Buffers.Binary;
using System.Net.Security;

namespace VulnDiag.Engine.Tls;

/// <summary>How a server answered a ClientHello.</summary>
internal enum FlightKind
{
    /// <summary>Too little came to tell.</summary>
    Unfinished,

    /// <summary>Not a TLS record.</summary>
    NotTls,

    /// <summary>An alert: TLS is spoken, but not what was offered.</summary>
    Alert,

    /// <summary>A ServerHello: accepted.</summary>
    Accepted,
}

/// <summary>A server's first flight, read as far as it is in the clear.</summary>
/// <remarks>Source: RFC 5246 sections 6.2 and 7.4, RFC 8446 sections 4.1.3 and 4.2.1. Any bytes give a value, never an exception.</remarks>
internal sealed record ServerFlight(FlightKind Kind)
{
    private const byte AlertRecord = 21;
    private const byte HandshakeRecord = 22;
    private const byte ServerHelloMessage = 2;
    private const byte CertificateMessage = 11;
    private const byte ServerKeyExchangeMessage = 12;
    private const byte ServerHelloDoneMessage = 14;
    private const int SupportedVersions = 43;

    /// <summary>The version chosen; also one that was not offered.</summary>
    public TlsVersion? Version { get; private init; }

    /// <summary>Number of the cipher suite chosen.</summary>
    public int Cipher { get; private init; }

    /// <summary>DER of the certificates, the server's own first; never there in TLS 1.3, where they are encrypted.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; private init; } = [];

    /// <summary>Bits of the prime of a classic Diffie-Hellman exchange, where that was chosen.</summary>
    public int? DhBits { get; private init; }

    /// <summary>True when nothing more is to be expected in the clear.</summary>
    public bool Done { get; private init; }

    /// <summary>Reads what came so far.</summary>
    public static ServerFlight Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0 && bytes[0] is not (AlertRecord or HandshakeRecord)) return new(FlightKind.NotTls) { Done = true };
        if (bytes.Length > 1 && bytes[1] != 3) return new(FlightKind.NotTls) { Done = true };
        var handshake = new List<byte>();
        var alert = false;
        while (bytes.Length >= 5 && bytes[0] is AlertRecord or HandshakeRecord)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
            if (bytes[0] == AlertRecord)
            {
                alert = true;
                break;
            }

            var content = bytes[5..];
            handshake.AddRange(content[..Math.Min(length, content.Length)]);
            if (content.Length < length) break;
            bytes = content[length..];
        }

        var flight = ReadMessages([.. handshake]);
        if (flight.Kind == FlightKind.Accepted) return flight with { Done = flight.Done || alert };
        return alert ? new(FlightKind.Alert) { Done = true } : flight;
    }

    private static ServerFlight ReadMessages(ReadOnlySpan<byte> handshake)
    {
        var flight = new ServerFlight(FlightKind.Unfinished);
        while (handshake.Length >= 4)
        {
            var length = (handshake[1] << 16) | (handshake[2] << 8) | handshake[3];
            if (handshake.Length - 4 < length) break;
            var body = handshake.Slice(4, length);
            flight = handshake[0] switch
            {
                ServerHelloMessage => ReadHello(body) ?? new(FlightKind.NotTls) { Done = true },
                CertificateMessage => flight with { Certificates = ReadCertificates(body) },
                ServerKeyExchangeMessage => flight with { DhBits = ReadDhBits(flight.Cipher, body) },
                ServerHelloDoneMessage => flight with { Done = true },
                _ => flight,
            };
            handshake = handshake[(4 + length)..];
        }

        return flight;
    }

    private static ServerFlight? ReadHello(ReadOnlySpan<byte> body)
    {
        const int BeforeSession = 2 + 32;
        if (body.Length < BeforeSession + 1) return null;
        var version = (int)BinaryPrimitives.ReadUInt16BigEndian(body);
        var rest = body[BeforeSession..];
        var session = rest[0];
        if (rest.Length < 1 + session + 3) return null;
        rest = rest[(1 + session)..];
        var cipher = BinaryPrimitives.ReadUInt16BigEndian(rest);
        version = SelectedVersion(rest[3..]) ?? version;
        if (!Enum.IsDefined((TlsVersion)version)) return null;
        return new(FlightKind.Accepted) { Version = (TlsVersion)version, Cipher = cipher, Done = version == (int)TlsVersion.Tls13 };
    }

    private static int? SelectedVersion(ReadOnlySpan<byte> extensions)
    {
        if (extensions.Length < 2) return null;
        extensions = extensions[2..];
        while (extensions.Length >= 4)
        {
            var number = BinaryPrimitives.ReadUInt16BigEndian(extensions);
            var length = BinaryPrimitives.ReadUInt16BigEndian(extensions[2..]);
            if (extensions.Length - 4 < length) return null;
            if (number == SupportedVersions && length == 2) return BinaryPrimitives.ReadUInt16BigEndian(extensions[4..]);
            extensions = extensions[(4 + length)..];
        }

        return null;
    }

    private static List<ReadOnlyMemory<byte>> ReadCertificates(ReadOnlySpan<byte> body)
    {
        var all = new List<ReadOnlyMemory<byte>>();
        for (var rest = body.Length < 3 ? [] : body[3..]; rest.Length > 3;)
        {
            var length = (rest[0] << 16) | (rest[1] << 8) | rest[2];
            if (length == 0 || rest.Length - 3 < length) break;
            all.Add(rest.Slice(3, length).ToArray());
            rest = rest[(3 + length)..];
        }

        return all;
    }

    /// <summary>The prime comes first, after two bytes of its length (RFC 5246 section 7.4.3). Elliptic curves have another form.</summary>
    private static int? ReadDhBits(int cipher, ReadOnlySpan<byte> body)
    {
        if (!CipherClasses.ExchangesByDh((TlsCipherSuite)cipher) || body.Length < 2) return null;
        var length = BinaryPrimitives.ReadUInt16BigEndian(body);
        if (body.Length - 2 < length) return null;
        var prime = body.Slice(2, length).TrimStart((byte)0);
        return prime.IsEmpty ? null : prime.Length * 8 - (byte.LeadingZeroCount(prime[0]));
    }
}
