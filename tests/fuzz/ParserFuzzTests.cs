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
    private static readonly Dictionary<string, Action<byte[]>> Parsers = new(StringComparer.Ordinal)
    {
        ["http"] = static bytes =>
        {
            _ = HttpAnswer.IsWhole(bytes);
            if (HttpAnswer.TryParse(bytes) is { } answer) _ = HttpProbe.Identify(answer, answer);
        },
        ["dns"] = static bytes => _ = DnsMessage.TryParse(bytes),
        ["ike"] = static bytes => _ = IkeMessage.TryParse(bytes),
        ["ntlm"] = static bytes => _ = NtlmChallenge.TryFind(bytes),
        ["rpc"] = static bytes =>
        {
            if (OncRpc.Reply(bytes) is { } list) _ = OncRpc.ReadMappings(list.Span);
        },
        ["sip"] = static bytes => _ = SipMessage.TryRead(bytes),
        ["stun"] = static bytes => _ = StunMessage.TryRead(bytes),
        ["kerberos"] = static bytes => _ = KerberosProbe.TryRead(bytes),
        ["tls-flight"] = static bytes => _ = ServerFlight.Parse(bytes),
        ["certificate"] = static bytes => _ = CertificateFacts.Describe(new TlsFacts(), bytes),
        ["ssh-host-key"] = static bytes => _ = SshHostKey.FingerprintOf(bytes),
        ["evidence"] = static bytes => Evidence.Of(bytes).Text.ShouldAllBe(static character => character >= ' ' && character <= '~'),
        ["banner"] = static bytes => _ = BannerReader.Read(Encoding.Latin1.GetString(bytes), service: null),
    };

    public static TheoryData<string> Names => [.. Parsers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_bytes_break_a_parser(string name) =>
        Hostile.From([.. Hostile.Captured, .. Own(name)]).Sample(Parsers[name], iter: Hostile.Inputs, threads: 1);

    /// <summary>Seeds that no server's answer holds as such.</summary>
    private static IEnumerable<byte[]> Own(string name) => name switch
    {
        "certificate" => [TestCertificate.Der],
        "tls-flight" => [TestCertificate.Flight],
        _ => [],
    };
}
