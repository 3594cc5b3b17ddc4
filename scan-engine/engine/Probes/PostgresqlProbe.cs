using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks a PostgreSQL server for TLS and for a session of a role that does not exist: whether it wants a password shows before the role is looked up.</summary>
/// <remarks>
/// Worst case: 1 connection, 1 request, and the TLS inspection. Source: PostgreSQL documentation, "Frontend/Backend Protocol", message
/// flow and formats. No existing role is named, so nobody is logged in even where no password is wanted.
/// </remarks>
internal sealed class PostgresqlProbe : IServiceProbe
{
    private const byte AuthenticationMessage = (byte)'R', ErrorMessage = (byte)'E';
    private static readonly byte[] SslRequest = new ByteWriter().UInt32(8).UInt32(80877103).ToArray();
    private static readonly byte[] Startup = BuildStartup();

    public ProbeInfo Info { get; } = new("postgresql", Transport.Tcp, Ports: [5432, 5433], MaxRequests: 1) { AnyPort = 70, Order = 20 };

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectPlainAsync(cancellationToken);
        await link.SendAsync(Startup, cancellationToken);
        var answer = await link.ReadUntilAsync(IsWhole, cancellationToken);
        if (answer.IsEmpty) return ProbeOutcome.Silent();
        if (TryRead(answer.Span) is not { } read) return ProbeOutcome.NoMatch(Evidence.Of(answer));
        var tls = await context.InspectTlsAsync(PrepareAsync, cancellationToken);
        return ProbeOutcome.Identified(read.WithFact(FactNames.StartTls, tls is null ? FactNames.No : FactNames.Yes) with { Tls = tls }, Evidence.Of(answer));
    }

    private static byte[] BuildStartup()
    {
        var body = new ByteWriter().UInt16(3).UInt16(0)
            .TextAndZero("user").TextAndZero("vulndiag").TextAndZero("database").TextAndZero("vulndiag").Byte(0).ToArray();
        return new ByteWriter().UInt32((uint)body.Length + 4).Bytes(body).ToArray();
    }

    private static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        while (true)
        {
            var type = reader.Byte();
            var length = reader.UInt32();
            if (reader.Short) return false;
            if (length is < 4 or > 10_000 || type is not (AuthenticationMessage or ErrorMessage)) return true;
            var body = reader.Bytes((int)length - 4);
            if (reader.Short) return false;
            if (type == ErrorMessage || body is not [0, 0, 0, 0, ..]) return true;
        }
    }

    private static Identification? TryRead(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var letIn = false;
        while (!reader.Short && reader.Rest.Length > 0)
        {
            var type = reader.Byte();
            var length = reader.UInt32();
            if (length is < 8 or > 10_000) return null;
            var body = new ByteReader(reader.Bytes((int)length - 4));
            if (reader.Short) return null;
            if (type == ErrorMessage) return ReadError(body, letIn);
            if (type != AuthenticationMessage) return null;
            var method = body.UInt32();
            if (method != 0) return Found(FactNames.Yes).WithFact(FactNames.AuthMethods, MethodName(method));
            letIn = true;
        }

        return letIn ? Found(FactNames.No) : null;
    }

    private static Identification? ReadError(ByteReader body, bool letIn)
    {
        var fields = new Dictionary<char, string>();
        while (!body.Short && body.Byte() is var kind and not 0) fields[(char)kind] = body.TextToZero();
        if (!fields.ContainsKey('S') || fields.GetValueOrDefault('C') is not { Length: 5 } code) return null;
        if (letIn) return Found(FactNames.No);
        // 28000 before any authentication: the host-based rules shut us out.
        return code == "28000" ? Found(FactNames.Yes).WithFact("hostAllowed", FactNames.No) : Found(authRequired: null);
    }

    private static Identification Found(string? authRequired)
    {
        var read = new Identification { Service = "postgresql", Product = "PostgreSQL", Cpe = ["cpe:2.3:a:postgresql:postgresql:*:*:*:*:*:*:*:*"], Confidence = 95 };
        return authRequired is null ? read : read.WithFact(FactNames.AuthRequired, authRequired);
    }

    private static string MethodName(uint method) => method switch
    {
        3 => "password",
        5 => "md5",
        7 => "gss",
        9 => "sspi",
        10 => "scram",
        _ => $"method {method}",
    };

    private static async ValueTask<bool> PrepareAsync(ProbeLink link, CancellationToken cancellationToken)
    {
        await link.SendAsync(SslRequest, cancellationToken);
        return (await link.ReadExactlyAsync(1, cancellationToken)).Span is [(byte)'S'];
    }
}
