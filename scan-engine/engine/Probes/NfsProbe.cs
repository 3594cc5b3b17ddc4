using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Calls the procedure of an NFS server that does nothing. Nothing is mounted.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: RFC 1813 section 3.3.0, RFC 7530 section 15.1 (NULL).</remarks>
internal sealed class NfsProbe : IServiceProbe
{
    private static readonly byte[] Request = OncRpc.InRecord(OncRpc.Call(OncRpc.Nfs, 3, 0));

    public ProbeInfo Info { get; } = new("nfs", Transport.Tcp, Ports: [2049], MaxRequests: 1);

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Request, OncRpc.RecordIsWhole, static answer => answer.Length > 4 && OncRpc.Reply(answer[4..]) is not null ? new Identification { Service = "nfs" } : null, cancellationToken);
}
