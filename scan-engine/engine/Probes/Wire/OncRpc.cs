namespace VulnDiag.Engine.Probes.Wire;

/// <summary>Calls of ONC RPC. Source: RFC 5531 sections 9 and 11, RFC 1833 section 3 (port mapper, version 2).</summary>
internal static class OncRpc
{
    public const int Portmapper = 100000, Nfs = 100003;
    private const uint TransactionId = 0x56440001, LastFragment = 0x8000_0000;
    private const int MaxRecord = 1 << 20;

    /// <summary>A call without credentials and arguments.</summary>
    public static byte[] Call(int program, int version, int procedure) => new ByteWriter()
        .UInt32(TransactionId).UInt32(0).UInt32(2).UInt32((uint)program).UInt32((uint)version).UInt32((uint)procedure)
        .UInt32(0).UInt32(0).UInt32(0).UInt32(0).ToArray();

    /// <summary>The call as one record of a stream.</summary>
    public static byte[] InRecord(byte[] call) => new ByteWriter().UInt32(LastFragment | (uint)call.Length).Bytes(call).ToArray();

    /// <summary>True when a record is all there.</summary>
    public static bool RecordIsWhole(ReadOnlySpan<byte> bytes)
    {
        var length = new ByteReader(bytes).UInt32() & ~LastFragment;
        return bytes.Length >= 4 && (length > MaxRecord || bytes.Length >= 4 + length);
    }

    /// <summary>What is behind the reply's head.</summary>
    /// <returns>Null when it is no reply to our call; empty when the program is there and refuses the call.</returns>
    public static ReadOnlyMemory<byte>? Reply(ReadOnlyMemory<byte> message)
    {
        var reader = new ByteReader(message.Span);
        if (reader.UInt32() != TransactionId || reader.UInt32() != 1) return null;
        var denied = reader.UInt32();
        if (reader.Short || denied > 1) return null;
        if (denied == 1) return ReadOnlyMemory<byte>.Empty;
        reader.Skip(4);
        var verifier = reader.UInt32();
        if (verifier > 400) return null;
        reader.Skip((int)verifier);
        var status = reader.UInt32();
        if (reader.Short || status > 5) return null;
        return status == 0 ? message[^reader.Rest.Length..] : ReadOnlyMemory<byte>.Empty;
    }

    /// <summary>The port mapper's list: program, version, protocol (6 TCP, 17 UDP), port.</summary>
    public static IReadOnlyList<(int Program, int Version, int Protocol, int Port)> ReadMappings(ReadOnlySpan<byte> list)
    {
        var reader = new ByteReader(list);
        var mappings = new List<(int, int, int, int)>();
        while (mappings.Count < 200 && reader.UInt32() == 1)
        {
            var mapping = ((int)reader.UInt32(), (int)reader.UInt32(), (int)reader.UInt32(), (int)reader.UInt32());
            if (!reader.Short) mappings.Add(mapping);
        }

        return mappings;
    }
}
