using System.Buffers.Binary;
using System.Text;

namespace VulnDiag.Lab.Targets;

/// <summary>Answers of a DNS server that tells its version and resolves for anybody. Source: RFC 1035, sections 4.1 and 4.2.2; the name version.bind is BIND's.</summary>
internal static class DnsAnswers
{
    private const int HeaderLength = 12;
    private const ushort TypeA = 1;
    private const ushort TypeTxt = 16;
    private const ushort ClassInternet = 1;
    private const ushort ClassChaos = 3;
    private const int MaxName = 255;

    /// <summary>The answer to a query; nothing for what is none.</summary>
    public static byte[] Of(ReadOnlySpan<byte> query, string version, bool openRecursion)
    {
        if (query.Length < HeaderLength || (query[2] & 0x80) != 0 || BinaryPrimitives.ReadUInt16BigEndian(query[4..]) != 1) return [];
        if (!TryReadName(query, out var name, out var at) || query.Length < at + 4) return [];
        var type = BinaryPrimitives.ReadUInt16BigEndian(query[at..]);
        var @class = BinaryPrimitives.ReadUInt16BigEndian(query[(at + 2)..]);
        var question = query[HeaderLength..(at + 4)];

        if (@class == ClassChaos && type == TypeTxt && name == "version.bind")
        {
            var text = Encoding.ASCII.GetBytes(version);
            return Answer(query, question, openRecursion, type, @class, [(byte)text.Length, .. text]);
        }

        var resolves = openRecursion && @class == ClassInternet && type == TypeA;
        return resolves ? Answer(query, question, openRecursion, type, @class, [192, 0, 2, 1]) : Refuse(query, question, openRecursion);
    }

    /// <summary>The answer of a name server to a query for an address; nothing for what is no query.</summary>
    internal static byte[] OfZone(ReadOnlySpan<byte> query, IReadOnlyDictionary<string, System.Net.IPAddress> zone)
    {
        if (query.Length < HeaderLength || (query[2] & 0x80) != 0 || BinaryPrimitives.ReadUInt16BigEndian(query[4..]) != 1) return [];
        if (!TryReadName(query, out var name, out var at) || query.Length < at + 4) return [];
        var type = BinaryPrimitives.ReadUInt16BigEndian(query[at..]);
        var question = query[HeaderLength..(at + 4)];
        if (!zone.TryGetValue(name, out var address)) return [.. Header(query, recursive: true, code: 3, answers: 0), .. question];
        return type == TypeA
            ? Answer(query, question, recursive: true, TypeA, ClassInternet, address.GetAddressBytes())
            : [.. Header(query, recursive: true, code: 0, answers: 0), .. question];
    }

    private static bool TryReadName(ReadOnlySpan<byte> query, out string name, out int at)
    {
        var labels = new StringBuilder();
        at = HeaderLength;
        name = "";
        while (at < query.Length && query[at] != 0)
        {
            var length = query[at++];
            if (length > 63 || at + length > query.Length || labels.Length + length > MaxName) return false;
            if (labels.Length > 0) labels.Append('.');
            labels.Append(Encoding.Latin1.GetString(query.Slice(at, length)));
            at += length;
        }

        if (at >= query.Length) return false;
        at++;
        name = labels.ToString().ToLowerInvariant();
        return true;
    }

    private static byte[] Answer(ReadOnlySpan<byte> query, ReadOnlySpan<byte> question, bool recursive, ushort type, ushort @class, byte[] data)
    {
        byte[] record = [0xC0, HeaderLength, (byte)(type >> 8), (byte)type, (byte)(@class >> 8), (byte)@class, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length, .. data];
        return [.. Header(query, recursive, code: 0, answers: 1), .. question, .. record];
    }

    private static byte[] Refuse(ReadOnlySpan<byte> query, ReadOnlySpan<byte> question, bool recursive) =>
        [.. Header(query, recursive, code: 5, answers: 0), .. question];

    private static byte[] Header(ReadOnlySpan<byte> query, bool recursive, byte code, byte answers) =>
        [query[0], query[1], (byte)(0x80 | (query[2] & 0x01)), (byte)((recursive ? 0x80 : 0) | code), 0, 1, 0, answers, 0, 0, 0, 0];
}
