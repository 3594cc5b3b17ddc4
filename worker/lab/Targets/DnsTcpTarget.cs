using System.Net;

namespace VulnDiag.Lab.Targets;

/// <summary>The same DNS server over TCP: messages with two bytes of length before them.</summary>
public sealed class DnsTcpTarget(IPAddress address, int port, string version, bool openRecursion) : TcpTarget(address, port)
{
    internal override async Task ServeAsync(TargetLine line, CancellationToken cancellationToken)
    {
        while (await line.ReadExactlyAsync(2, cancellationToken) is { } length)
        {
            if (await line.ReadExactlyAsync((length[0] << 8) | length[1], cancellationToken) is not { } query) return;
            var answer = DnsAnswers.Of(query, version, openRecursion);
            if (answer.Length == 0) return;
            await line.WriteAsync((byte[])[(byte)(answer.Length >> 8), (byte)answer.Length, .. answer], cancellationToken);
        }
    }
}
