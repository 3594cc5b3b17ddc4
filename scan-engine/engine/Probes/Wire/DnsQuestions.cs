using VulnDiag.Engine.Fingerprints;

namespace VulnDiag.Engine.Probes.Wire;

/// <summary>What a name server is asked, over UDP and TCP alike, and what its answers say.</summary>
internal static class DnsQuestions
{
    private const int VersionId = 0x5644, RecursiveId = 0x5645;

    /// <summary>version.bind TXT in class CHAOS (RFC 4892 section 2).</summary>
    public static byte[] Version { get; } = DnsMessage.Query(VersionId, "version.bind", DnsMessage.TypeTxt, DnsMessage.ClassChaos, recursion: false);

    /// <summary>The root's name servers, with recursion desired: every resolver knows them, so nobody else has to be asked.</summary>
    public static byte[] Recursive { get; } = DnsMessage.Query(RecursiveId, "", DnsMessage.TypeNs, DnsMessage.ClassIn, recursion: true);

    /// <summary>Reads both answers; either may be missing.</summary>
    public static ProbeOutcome Judge(ReadOnlyMemory<byte>? first, ReadOnlyMemory<byte>? second)
    {
        var version = first is { } one && DnsMessage.TryParse(one.Span) is { Id: VersionId } answer ? answer : null;
        var recursive = second is { } two && DnsMessage.TryParse(two.Span) is { Id: RecursiveId } other ? other : null;
        var said = first ?? second;
        if (version is null && recursive is null) return said is null ? ProbeOutcome.Silent() : ProbeOutcome.NoMatch(Evidence.Of(said.Value));
        var text = version?.Answers.FirstOrDefault(static record => record is { Type: DnsMessage.TypeTxt, Class: DnsMessage.ClassChaos })?.Text;
        var read = (string.IsNullOrEmpty(text) ? null : FingerprintCatalogue.Shipped.Match("dns.version", text))
            ?? new Identification { Service = "domain", Info = string.IsNullOrEmpty(text) ? null : text };
        // A server may set the bit and refuse, so both are wanted: the bit, and an answer that is no refusal.
        if (recursive is not null) read = read.WithFact(FactNames.Recursion, recursive is { RecursionAvailable: true, ResponseCode: 0 or 2 } ? FactNames.Yes : FactNames.No);
        return ProbeOutcome.Identified(read, string.IsNullOrEmpty(text) ? Evidence.Of(said!.Value) : Evidence.Of($"version.bind {text}"));
    }
}
