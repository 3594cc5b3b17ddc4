using System.Text;

namespace VulnDiag.Engine.Probes.Wire;

/// <summary>A DNS message, as far as a probe needs it. Any bytes give a value or null, never an exception.</summary>
/// <remarks>Source: RFC 1035 section 4; RFC 4892 (version.bind in class CHAOS); RFC 6762 for multicast DNS.</remarks>
internal sealed record DnsMessage(int Id, int Flags, IReadOnlyList<DnsRecord> Answers)
{
    public const int TypeNs = 2, TypePtr = 12, TypeTxt = 16, ClassIn = 1, ClassChaos = 3;

    private const int MaxJumps = 20, MaxRecords = 100;

    /// <summary>Response code: 0 no error, 2 server failure, 3 no such name, 5 refused.</summary>
    public int ResponseCode => Flags & 0xF;

    /// <summary>The server says that it resolves for us.</summary>
    public bool RecursionAvailable => (Flags & 0x80) != 0;

    /// <summary>One question.</summary>
    public static byte[] Query(int id, string name, int type, int @class, bool recursion)
    {
        var writer = new ByteWriter().UInt16(id).UInt16(recursion ? 0x0100 : 0).UInt16(1).UInt16(0).UInt16(0).UInt16(0);
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries)) writer.Byte(label.Length).Text(label);
        return writer.Byte(0).UInt16(type).UInt16(@class).ToArray();
    }

    /// <summary>Reads a response.</summary>
    /// <returns>Null when it is none.</returns>
    public static DnsMessage? TryParse(ReadOnlySpan<byte> message)
    {
        var reader = new ByteReader(message);
        var (id, flags) = (reader.UInt16(), reader.UInt16());
        var (questions, answers, authorities, additional) = (reader.UInt16(), reader.UInt16(), reader.UInt16(), reader.UInt16());
        var response = (flags & 0x8000) != 0 && (flags & 0x7800) == 0 && (flags & 0x0040) == 0;
        if (reader.Short || !response || questions > 4 || answers + authorities + additional > MaxRecords) return null;
        for (var i = 0; i < questions; i++)
        {
            ReadName(message, ref reader);
            reader.Skip(4);
        }

        if (reader.Short) return null;
        var records = new List<DnsRecord>();
        for (var i = 0; i < answers && ReadRecord(message, ref reader) is { } record; i++) records.Add(record);
        return new DnsMessage(id, flags, records);
    }

    private static DnsRecord? ReadRecord(ReadOnlySpan<byte> message, ref ByteReader reader)
    {
        var name = ReadName(message, ref reader);
        var (type, @class) = (reader.UInt16(), reader.UInt16());
        reader.Skip(4);
        var length = reader.UInt16();
        var offset = message.Length - reader.Rest.Length;
        var data = reader.Bytes(length);
        if (reader.Short) return null;
        return new DnsRecord(name, type, @class, type switch
        {
            TypeTxt => ReadText(data),
            TypePtr => ReadNameAt(message, offset),
            _ => "",
        });
    }

    private static string ReadText(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        while (data.Length > 0 && data[0] < data.Length)
        {
            text.Append(Encoding.Latin1.GetString(data.Slice(1, data[0])));
            data = data[(1 + data[0])..];
        }

        return text.ToString();
    }

    private static string ReadNameAt(ReadOnlySpan<byte> message, int offset)
    {
        var reader = new ByteReader(message);
        reader.Skip(offset);
        return ReadName(message, ref reader);
    }

    private static string ReadName(ReadOnlySpan<byte> message, ref ByteReader reader)
    {
        var name = new StringBuilder();
        var jumps = 0;
        var current = reader;
        var moved = false;
        while (true)
        {
            var length = current.Byte();
            if (current.Short || (length & 0xC0) is 0x40 or 0x80) break;
            if (length >= 0xC0)
            {
                var target = ((length & 0x3F) << 8) | current.Byte();
                if (!moved) reader = current;
                moved = true;
                if (++jumps > MaxJumps || target >= message.Length) return name.ToString();
                current = new ByteReader(message[target..]);
                continue;
            }

            if (length == 0 || name.Length > 255) break;
            if (name.Length > 0) name.Append('.');
            name.Append(current.Text(length));
        }

        if (!moved) reader = current;
        return name.ToString();
    }
}

/// <summary>A resource record.</summary>
/// <param name="Text">TXT: the strings joined; PTR: the name; otherwise empty.</param>
internal sealed record DnsRecord(string Name, int Type, int Class, string Text);
