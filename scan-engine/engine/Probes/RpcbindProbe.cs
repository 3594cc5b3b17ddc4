using System.Globalization;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks the port mapper over TCP which programs run.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: RFC 1833 section 3.2 (PMAPPROC_DUMP).</remarks>
internal sealed class RpcbindProbe : IServiceProbe
{
    /// <summary>The question, the same over UDP.</summary>
    internal static readonly byte[] Dump = OncRpc.Call(OncRpc.Portmapper, 2, 4);

    public ProbeInfo Info { get; } = new("rpcbind", Transport.Tcp, Ports: [111], MaxRequests: 1) { AnyPort = 170 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, OncRpc.InRecord(Dump), OncRpc.RecordIsWhole, static answer => answer.Length > 4 ? TryRead(answer[4..]) : null, cancellationToken);

    internal static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        if (OncRpc.Reply(answer) is not { } list) return null;
        var mappings = OncRpc.ReadMappings(list.Span);
        var programs = mappings.Select(static mapping => mapping.Program).Distinct().Order().Select(static program => program.ToString(CultureInfo.InvariantCulture)).ToList();
        var found = new Identification { Service = "rpcbind", Info = programs.Count == 0 ? null : $"programs {string.Join(' ', programs.Take(20))}" };
        // Versions 3 and 4 are rpcbind's; the older portmap has version 2 alone.
        if (mappings.Any(static mapping => mapping is { Program: OncRpc.Portmapper, Version: 4 })) found = found with { Product = "rpcbind", Cpe = ["cpe:2.3:a:rpcbind_project:rpcbind:*:*:*:*:*:*:*:*"], Confidence = 80 };
        return programs.Count == 0 ? found : found.WithFact("programs", string.Join(',', programs));
    }
}
