using CsCheck;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes.Wire;

/// <summary>A million inputs for each parser of hostile bytes: real answers with bytes changed, cut and repeated.</summary>
[Trait("Category", "Slow")]
public sealed class WireFuzzTests
{
    private const long Inputs = 1_000_000;

    [Fact]
    public void Http_answers() => Fuzz("apache-2.4.71", static bytes =>
    {
        _ = HttpAnswer.IsWhole(bytes);
        _ = HttpAnswer.TryParse(bytes)?.Title;
    });

    [Fact]
    public void Dns_messages() => Fuzz("bind-9.18.49-version", static bytes => _ = DnsMessage.TryParse(bytes));

    [Fact]
    public void Ike_messages() => Fuzz("strongswan-5.9.8-main", static bytes => _ = IkeMessage.TryParse(bytes));

    [Fact]
    public void Ntlm_challenges() => Fuzz("samba-4.17.12-session-setup", static bytes => _ = NtlmChallenge.TryFind(bytes));

    [Fact]
    public void Rpc_replies() => Fuzz("rpcbind-1.2.6-dump", static bytes =>
    {
        if (OncRpc.Reply(bytes) is { } list) _ = OncRpc.ReadMappings(list.Span);
    });

    private static void Fuzz(string fixture, Action<byte[]> parse)
    {
        var seed = Fixture.Bytes(fixture);
        Gen.Select(Gen.Int[0, seed.Length], Gen.Select(Gen.Int[0, seed.Length - 1], Gen.Byte).Array[0, 6], Gen.Int[0, 3])
            .Sample(
                (cut, changes, repeat) =>
                {
                    var bytes = seed.ToArray();
                    foreach (var (at, value) in changes) bytes[at] = value;
                    parse(repeat == 0 ? [.. bytes[..cut], .. bytes[cut..], .. bytes[cut..]] : bytes[..cut]);
                },
                iter: Inputs,
                threads: 1);
    }
}
