using System.Text;
using CsCheck;
using VulnDiag.Engine.Fingerprints;
using VulnDiag.Engine.Identity;
using VulnDiag.Engine.Probes;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Engine.Tls;
using VulnDiag.Model;

namespace VulnDiag.Fuzz;

/// <summary>Every parser of what a host sends, by itself: any bytes give a value, never an exception.</summary>
[Trait("Category", "Slow")]
public sealed class ParserFuzzTests
{
    private static readonly Dictionary<string, Action<byte[]>> OfBytes = new(StringComparer.Ordinal)
    {
        ["dns"] = static bytes => _ = DnsMessage.TryParse(bytes),
        ["ike"] = static bytes => _ = IkeMessage.TryParse(bytes),
        ["ntlm"] = static bytes => _ = NtlmChallenge.TryFind(bytes),
        ["rpc"] = static bytes =>
        {
            if (OncRpc.Reply(bytes) is { } list) _ = OncRpc.ReadMappings(list.Span);
        },
        ["stun"] = static bytes => _ = StunMessage.TryRead(bytes),
        ["kerberos"] = static bytes => _ = KerberosProbe.TryRead(bytes),
        ["tls-flight"] = static bytes => _ = ServerFlight.Parse(bytes),
        ["ssh-host-key"] = static bytes => _ = SshHostKey.FingerprintOf(bytes),
    };

    private static readonly Dictionary<string, Action<byte[]>> OfText = new(StringComparer.Ordinal)
    {
        ["http"] = static bytes =>
        {
            _ = HttpAnswer.IsWhole(bytes);
            if (HttpAnswer.TryParse(bytes) is { } answer) _ = HttpProbe.Identify(answer, answer);
        },
        ["sip"] = static bytes => _ = SipMessage.TryRead(bytes),
        ["certificate"] = static bytes => _ = CertificateFacts.Describe(new TlsFacts(), bytes),
        ["evidence"] = static bytes => Evidence.Of(bytes).Text.ShouldAllBe(static character => character >= ' ' && character <= '~'),
        ["banner"] = static bytes => _ = BannerReader.Read(Encoding.Latin1.GetString(bytes), service: null),
    };

    public static TheoryData<string> Quick => [.. OfBytes.Keys];

    public static TheoryData<string> Slow => [.. OfText.Keys];

    [Theory]
    [MemberData(nameof(Quick))]
    public void No_bytes_break_a_parser_of_bytes(string name) => Try(name, OfBytes[name], Hostile.QuickInputs);

    [Theory]
    [MemberData(nameof(Slow))]
    public void No_bytes_break_a_parser_that_matches_or_decodes(string name) => Try(name, OfText[name], Hostile.Inputs);

    private static void Try(string name, Action<byte[]> parse, long inputs) =>
        Hostile.From([.. Hostile.Captured, .. Own(name)]).Sample(parse, iter: inputs, threads: 1);

    /// <summary>Seeds that no server's answer holds as such.</summary>
    private static IEnumerable<byte[]> Own(string name) => name switch
    {
        "certificate" => [TestCertificate.Der],
        "tls-flight" => [TestCertificate.Flight],
        _ => [],
    };
}
