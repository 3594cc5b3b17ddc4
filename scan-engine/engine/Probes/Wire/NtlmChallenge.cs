using System.Text;

namespace VulnDiag.Engine.Probes.Wire;

/// <summary>What a Windows-like server says of itself in the second message of NTLM, before anybody logs in.</summary>
/// <param name="Computer">NetBIOS name of the computer, or null.</param>
/// <param name="Domain">NetBIOS name of its domain or workgroup, or null.</param>
/// <param name="DnsName">DNS name of the computer, or null.</param>
/// <param name="Major">Major version of the operating system.</param>
/// <param name="Minor">Minor version.</param>
/// <param name="Build">Build; 0 is Samba's.</param>
/// <remarks>Source: MS-NLMP sections 2.2.1.1, 2.2.1.2, 2.2.2.1 and 2.2.2.10.</remarks>
internal sealed record NtlmChallenge(string? Computer, string? Domain, string? DnsName, int Major, int Minor, int Build)
{
    private const int ComputerName = 1, DomainName = 2, DnsComputerName = 3;

    /// <summary>The first message: it names nobody.</summary>
    public static byte[] Negotiate { get; } = new ByteWriter().TextAndZero("NTLMSSP").UInt32Little(1).UInt32Little(0x6208_8215).Zeros(16).Bytes([6, 1, 0xB1, 0x1D, 0, 0, 0, 15]).ToArray();

    /// <summary>Finds and reads the second message.</summary>
    /// <returns>Null when there is none.</returns>
    public static NtlmChallenge? TryFind(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.IndexOf("NTLMSSP\0\u0002\0\0\0"u8);
        if (at < 0) return null;
        var message = bytes[at..];
        var reader = new ByteReader(message);
        reader.Skip(12 + 8 + 4 + 8 + 8);
        var length = reader.UInt16Little();
        reader.Skip(2);
        var offset = (int)Math.Min(reader.UInt32Little(), int.MaxValue);
        var (major, minor, build) = (reader.Byte(), reader.Byte(), reader.UInt16Little());
        if (reader.Short || offset > message.Length || length > message.Length - offset) return null;
        var names = ReadNames(message.Slice(offset, length));
        return new NtlmChallenge(names.GetValueOrDefault(ComputerName), names.GetValueOrDefault(DomainName), names.GetValueOrDefault(DnsComputerName), major, minor, build);
    }

    private static Dictionary<int, string> ReadNames(ReadOnlySpan<byte> pairs)
    {
        var names = new Dictionary<int, string>();
        var reader = new ByteReader(pairs);
        while (!reader.Short)
        {
            var (id, length) = (reader.UInt16Little(), reader.UInt16Little());
            if (id == 0) break;
            var value = reader.Bytes(length);
            if (!reader.Short && id <= DnsComputerName) names[id] = Encoding.Unicode.GetString(value);
        }

        return names;
    }
}
