using System.Text;

namespace VulnDiag.Engine.Probes.Wire;

/// <summary>Sends one GET and reads its answer.</summary>
internal static class HttpRequest
{
    /// <summary>One connection, one request for <paramref name="path"/>, inside TLS where the port speaks it.</summary>
    /// <returns>What came, which may be no HTTP or nothing.</returns>
    /// <exception cref="LinkException">The connection failed.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> GetAsync(ProbeContext context, string path, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        return await GetAsync(link, context.Target.HostName, path, cancellationToken);
    }

    /// <summary>The same on a connection that is open already.</summary>
    /// <param name="target">A path, or a whole address when a proxy is asked.</param>
    /// <exception cref="LinkException">The connection is gone.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> GetAsync(ProbeLink link, string host, string target, CancellationToken cancellationToken)
    {
        await link.SendAsync(Build(host, target), cancellationToken);
        return await link.ReadUntilAsync(HttpAnswer.IsWhole, cancellationToken);
    }

    /// <summary>The request's bytes. A browser's form, as some devices refuse what does not look like one.</summary>
    /// <param name="more">Further header lines, each with its line end.</param>
    internal static byte[] Build(string host, string target, string more = "") => Encoding.ASCII.GetBytes(
        $"GET {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: Mozilla/5.0 (compatible; VulnDiag)\r\nAccept: */*\r\n{more}Connection: close\r\n\r\n");
}
