using System.Text;
using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks MongoDB for its version, and for the names of its databases, which it tells strangers only where it wants no password.</summary>
/// <remarks>Worst case: 1 connection, 2 requests, no document read. Source: MongoDB wire protocol (OP_MSG), commands buildInfo and listDatabases; bsonspec.org.</remarks>
internal sealed partial class MongodbProbe : IServiceProbe
{
    private const int OpMsg = 2013, MaxMessage = 48_000_000;

    public ProbeInfo Info { get; } = new("mongodb", Transport.Tcp, Ports: [27017, 27018, 27019], MaxRequests: 2) { AnyPort = 100 };

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        var build = await AskAsync(link, "buildInfo", cancellationToken);
        if (build.IsEmpty) return ProbeOutcome.Silent();
        if (!IsAnswer(build.Span)) return ProbeOutcome.NoMatch(Evidence.Of(build));
        var version = Version().Match(Encoding.Latin1.GetString(build.Span)) is { Success: true } match ? match.Groups[1].Value : null;
        var found = new Identification
        {
            Service = "mongodb",
            Product = "MongoDB",
            Version = version,
            Cpe = [$"cpe:2.3:a:mongodb:mongodb:{version ?? "*"}:*:*:*:*:*:*:*"],
            Confidence = version is null ? 80 : 98,
        };
        var names = await AskAsync(link, "listDatabases", cancellationToken);
        if (!IsAnswer(names.Span)) return ProbeOutcome.Identified(found, Evidence.Of(build));
        var open = names.Span.IndexOf("totalSize\0"u8) >= 0 || names.Span.IndexOf("databases\0"u8) >= 0;
        return ProbeOutcome.Identified(found.WithFact(FactNames.AuthRequired, open ? FactNames.No : FactNames.Yes), Evidence.Of(build));
    }

    private static ValueTask<ReadOnlyMemory<byte>> AskAsync(ProbeLink link, string command, CancellationToken cancellationToken) =>
        SendAndReadAsync(link, Message(command), cancellationToken);

    private static async ValueTask<ReadOnlyMemory<byte>> SendAndReadAsync(ProbeLink link, byte[] message, CancellationToken cancellationToken)
    {
        if (link.Closed) return default;
        await link.SendAsync(message, cancellationToken);
        return await link.ReadUntilAsync(static bytes => bytes.Length >= 16 && (bytes.Length >= Length(bytes) || Length(bytes) > MaxMessage), cancellationToken);
    }

    private static uint Length(ReadOnlySpan<byte> bytes) => new ByteReader(bytes).UInt32Little();

    private static bool IsAnswer(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var length = reader.UInt32Little();
        reader.Skip(8);
        return reader.UInt32Little() == OpMsg && !reader.Short && length == bytes.Length;
    }

    private static byte[] Message(string command)
    {
        // { command: 1, nameOnly: true, $db: "admin" }
        var fields = new ByteWriter().Byte(0x10).TextAndZero(command).UInt32Little(1);
        if (command == "listDatabases") fields.Byte(0x08).TextAndZero("nameOnly").Byte(1);
        var document = fields.Byte(0x02).TextAndZero("$db").UInt32Little(6).TextAndZero("admin").Byte(0).ToArray();
        return new ByteWriter().UInt32Little((uint)(16 + 4 + 1 + 4 + document.Length)).UInt32Little(1).UInt32Little(0).UInt32Little(OpMsg)
            .UInt32Little(0).Byte(0).UInt32Little((uint)document.Length + 4).Bytes(document).ToArray();
    }

    [GeneratedRegex(@"\x02version\x00....(\d+\.\d+\.\d+)[^\x00]{0,30}\x00", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Version();
}
