using System.Text;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks Erlang's port mapper which nodes are registered.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: Erlang/OTP, "Distribution Protocol", NAMES_REQ.</remarks>
internal sealed class EpmdProbe : IServiceProbe
{
    private const int HeaderLength = 4;
    private static readonly byte[] Request = [0, 1, (byte)'n'];

    public ProbeInfo Info { get; } = new("epmd", Transport.Tcp, Ports: [4369], MaxRequests: 1);

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Request, isWhole: null, TryRead, cancellationToken);

    /// <summary>The mapper's own port number, then a line for each node.</summary>
    private static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        var reader = new ByteReader(answer.Span);
        var port = reader.UInt32();
        if (reader.Short || port is 0 or > ushort.MaxValue) return null;
        var nodes = Encoding.Latin1.GetString(answer.Span[HeaderLength..]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (!nodes.All(static node => node.StartsWith("name ", StringComparison.Ordinal) && node.Contains(" at port ", StringComparison.Ordinal))) return null;
        return new Identification
        {
            Service = "epmd",
            Product = "Erlang Port Mapper Daemon",
            Info = nodes.Length == 0 ? null : string.Join(", ", nodes.Select(static node => node["name ".Length..])),
            Cpe = ["cpe:2.3:a:erlang:erlang\\/otp:*:*:*:*:*:*:*:*"],
            Confidence = nodes.Length == 0 ? 80 : 95,
        };
    }
}
