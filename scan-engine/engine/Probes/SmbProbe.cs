using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Negotiates SMB: its versions, signing, and what the server says of itself before a log-in; and whether it still speaks SMB 1.</summary>
/// <remarks>
/// Worst case: 2 connections, 5 messages. Nobody is logged in: the second message of NTLM is read, the third never sent.
/// Source: MS-SMB2 sections 2.2.3 to 2.2.6, MS-CIFS section 2.2.4.52, RFC 1002 section 4.3 (session service on port 139).
/// </remarks>
internal sealed class SmbProbe : IServiceProbe
{
    private const int NetbiosPort = 139, HeaderLength = 64;
    private const int SigningRequiredFlag = 2;
    private static readonly byte[] Smb2Id = [0xFE, .. "SMB"u8], Smb1Id = [0xFF, .. "SMB"u8];
    private static readonly int[] Dialects = [0x0202, 0x0210, 0x0300, 0x0302];

    public ProbeInfo Info { get; } = new("smb", Transport.Tcp, Ports: [445, NetbiosPort], MaxRequests: 5) { AnyPort = 30 };

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        var (answer, challenge) = await Smb2Async(context, cancellationToken);
        var smb1 = await Smb1Async(context, cancellationToken);
        if (!IsSmb(answer.Span, Smb2Id) && !IsSmb(smb1.Span, Smb1Id))
            return (answer.IsEmpty ? smb1 : answer) is { IsEmpty: false } other ? ProbeOutcome.NoMatch(Evidence.Of(other)) : ProbeOutcome.Silent();
        var found = new Identification { Service = context.Target.Port == NetbiosPort ? "netbios-ssn" : "microsoft-ds", Confidence = 95 };
        if (IsSmb(answer.Span, Smb2Id)) found = WithNegotiation(found, answer.Span);
        if (challenge is not null) found = WithSystem(found, challenge);
        // A server without SMB 1 answers that no dialect is known (0xFFFF), or hangs up.
        var old = IsSmb(smb1.Span, Smb1Id) && DialectIndex(smb1.Span) is 0;
        found = found.WithFact("smb1", old ? FactNames.Yes : FactNames.No);
        return ProbeOutcome.Identified(found, Evidence.Of(Words(found)));
    }

    /// <summary>The binary answers in words, as they stand in a report.</summary>
    private static string Words(Identification found) => string.Join("; ", new[]
    {
        found.Facts.TryGetValue(FactNames.ProtocolVersions, out var version) ? $"SMB {version}" : "SMB",
        found.Facts.TryGetValue(FactNames.SigningRequired, out var signing) ? $"signing required: {signing}" : null,
        $"SMB 1: {found.Facts["smb1"]}",
        found.Info,
    }.Where(static part => part is not null));

    private static Identification WithNegotiation(Identification found, ReadOnlySpan<byte> answer)
    {
        var reader = new ByteReader(answer);
        reader.Skip(HeaderLength + 2);
        var mode = reader.UInt16Little();
        var dialect = reader.UInt16Little();
        if (reader.Short) return found;
        return found
            .WithFact(FactNames.SigningRequired, (mode & SigningRequiredFlag) != 0 ? FactNames.Yes : FactNames.No)
            .WithFact(FactNames.ProtocolVersions, $"{dialect >> 8}.{(dialect >> 4) & 0xF}.{dialect & 0xF}");
    }

    private static Identification WithSystem(Identification found, NtlmChallenge challenge)
    {
        var names = string.Join(", ", new[] { challenge.DnsName is { Length: > 0 } dns ? dns : challenge.Computer, challenge.Domain }.Where(static name => !string.IsNullOrEmpty(name)));
        found = found with { Info = names.Length > 0 ? names : null };
        // Samba says 6.1 without a build (source3/libsmb, ntlmssp_server.c); Windows always has one.
        return challenge.Build == 0
            ? found with { Product = "Samba smbd", Cpe = ["cpe:2.3:a:samba:samba:*:*:*:*:*:*:*:*"], Confidence = 85 }
            : found with { Product = "Microsoft Windows", Version = $"{challenge.Major}.{challenge.Minor}.{challenge.Build}", Confidence = 95 };
    }

    private static async ValueTask<(ReadOnlyMemory<byte> Answer, NtlmChallenge? Challenge)> Smb2Async(ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectPlainAsync(cancellationToken);
        if (!await OpenSessionAsync(link, context, cancellationToken)) return (default, null);
        await link.SendAsync(Frame(Smb2Negotiate()), cancellationToken);
        var answer = await ReadFrameAsync(link, cancellationToken);
        if (!IsSmb(answer.Span, Smb2Id) || link.Closed) return (answer, null);
        await link.SendAsync(Frame(Smb2SessionSetup()), cancellationToken);
        return (answer, NtlmChallenge.TryFind((await ReadFrameAsync(link, cancellationToken)).Span));
    }

    private static async ValueTask<ReadOnlyMemory<byte>> Smb1Async(ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectPlainAsync(cancellationToken);
        if (!await OpenSessionAsync(link, context, cancellationToken)) return default;
        await link.SendAsync(Frame(Smb1Negotiate()), cancellationToken);
        return await ReadFrameAsync(link, cancellationToken);
    }

    /// <summary>Port 139 wants to be called by a name first; every server goes by *SMBSERVER.</summary>
    private static async ValueTask<bool> OpenSessionAsync(ProbeLink link, ProbeContext context, CancellationToken cancellationToken)
    {
        if (context.Target.Port != NetbiosPort) return true;
        var request = new ByteWriter().Byte(0x81).Byte(0).UInt16(68).Bytes(NetbiosName.Encode("*SMBSERVER", 0x20)).Bytes(NetbiosName.Encode("VULNDIAG", 0)).ToArray();
        await link.SendAsync(request, cancellationToken);
        return (await link.ReadExactlyAsync(4, cancellationToken)).Span is [0x82, ..];
    }

    private static byte[] Frame(byte[] message) => new ByteWriter().UInt32((uint)message.Length).Bytes(message).ToArray();

    private static async ValueTask<ReadOnlyMemory<byte>> ReadFrameAsync(ProbeLink link, CancellationToken cancellationToken)
    {
        var head = await link.ReadExactlyAsync(4, cancellationToken);
        if (head.Length < 4) return head;
        var length = head.Span[0] == 0 ? (head.Span[1] << 16) | (head.Span[2] << 8) | head.Span[3] : int.MaxValue;
        return length > 65536 ? head : await link.ReadExactlyAsync(length, cancellationToken);
    }

    private static byte[] Smb2Header(int command, int message) => new ByteWriter()
        .Bytes(Smb2Id).UInt16Little(HeaderLength).UInt16Little(0).UInt32Little(0).UInt16Little(command).UInt16Little(1)
        .UInt32Little(0).UInt32Little(0).UInt32Little((uint)message).UInt32Little(0).UInt32Little(0xFEFF).UInt32Little(0).Zeros(8 + 16).ToArray();

    private static byte[] Smb2Negotiate()
    {
        var body = new ByteWriter().Bytes(Smb2Header(0, 0)).UInt16Little(36).UInt16Little(Dialects.Length).UInt16Little(1).UInt16Little(0)
            .UInt32Little(0x7F).Text("VulnDiagVulnDiag").Zeros(8);
        foreach (var dialect in Dialects) body.UInt16Little(dialect);
        return body.ToArray();
    }

    private static byte[] Smb2SessionSetup() => new ByteWriter().Bytes(Smb2Header(1, 1)).UInt16Little(25).Byte(0).Byte(1).UInt32Little(0).UInt32Little(0)
        .UInt16Little(HeaderLength + 24).UInt16Little(NtlmChallenge.Negotiate.Length).Zeros(8).Bytes(NtlmChallenge.Negotiate).ToArray();

    private static byte[] Smb1Negotiate()
    {
        var dialects = new ByteWriter().Byte(2).TextAndZero("NT LM 0.12").ToArray();
        return new ByteWriter().Bytes(Smb1Id).Byte(0x72).UInt32Little(0).Byte(0x18).UInt16Little(0xC853).Zeros(12)
            .UInt16Little(0).UInt16Little(0xFEFF).UInt16Little(0).UInt16Little(0)
            .Byte(0).UInt16Little(dialects.Length).Bytes(dialects).ToArray();
    }

    private static bool IsSmb(ReadOnlySpan<byte> message, byte[] id) => message.Length >= 32 && message.StartsWith(id);

    private static int? DialectIndex(ReadOnlySpan<byte> message)
    {
        var reader = new ByteReader(message);
        reader.Skip(32);
        var words = reader.Byte();
        var index = reader.UInt16Little();
        return reader.Short || words == 0 ? null : index;
    }
}
