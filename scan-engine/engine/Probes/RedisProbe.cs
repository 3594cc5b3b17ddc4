using System.Text;
using System.Text.RegularExpressions;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a Redis server for its version without logging in.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: Redis documentation, RESP (inline commands, errors) and INFO.</remarks>
internal sealed partial class RedisProbe : IServiceProbe
{
    private static readonly byte[] Request = "INFO server\r\n"u8.ToArray();

    public ProbeInfo Info { get; } = new("redis", Transport.Tcp, Ports: [6379, 6380, 16379, 26379], MaxRequests: 1) { AnyPort = 90, Order = 40 };

    public bool Recognises(ReadOnlySpan<byte> greeting) => greeting.StartsWith("-ERR "u8) || greeting.StartsWith("-NOAUTH "u8) || greeting.StartsWith("-DENIED "u8);

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        await link.SendAsync(Request, cancellationToken);
        var answer = await link.ReadAsync(cancellationToken);
        if (answer.IsEmpty) return ProbeOutcome.Silent();
        return TryRead(Encoding.Latin1.GetString(answer.Span)) is { } read
            ? ProbeOutcome.Identified(read, Evidence.Of(answer))
            : ProbeOutcome.NoMatch(Evidence.Of(answer));
    }

    private static Identification? TryRead(string answer)
    {
        if (Refusal().IsMatch(answer))
        {
            // The words are Redis' own; its forks (KeyDB, Valkey) use them too, so no version is claimed.
            var refused = new Identification { Service = "redis", Product = "Redis", Cpe = ["cpe:2.3:a:redis:redis:*:*:*:*:*:*:*:*"], Confidence = 85 };
            return refused.WithFact(FactNames.AuthRequired, answer.StartsWith("-DENIED", StringComparison.Ordinal) ? "protected-mode" : FactNames.Yes);
        }

        // Valkey names itself beside the version of Redis that it is compatible with.
        var versions = Versions().Matches(answer);
        var match = versions.FirstOrDefault(static match => match.Groups[1].Value == "valkey") ?? versions.FirstOrDefault();
        if (!answer.StartsWith('$') || match is null) return null;
        var version = match.Groups[2].Value;
        var valkey = match.Groups[1].Value == "valkey";
        return new Identification
        {
            Service = "redis",
            Product = valkey ? "Valkey" : "Redis",
            Version = version,
            Info = Os().Match(answer) is { Success: true } os ? os.Groups[1].Value.Trim() : null,
            Cpe = [$"cpe:2.3:a:{(valkey ? "lfprojects:valkey" : "redis:redis")}:{version}:*:*:*:*:*:*:*"],
            Confidence = 100,
        }.WithFact(FactNames.AuthRequired, FactNames.No);
    }

    [GeneratedRegex(@"^-(?:NOAUTH |NOPERM |DENIED Redis is running|ERR operation not permitted)", RegexOptions.CultureInvariant)]
    private static partial Regex Refusal();

    [GeneratedRegex(@"\n(redis|valkey)_version:(\d[0-9a-z.\-]{0,30})", RegexOptions.CultureInvariant)]
    private static partial Regex Versions();

    [GeneratedRegex(@"\nos:([^\r\n]{1,120})", RegexOptions.CultureInvariant)]
    private static partial Regex Os();
}
