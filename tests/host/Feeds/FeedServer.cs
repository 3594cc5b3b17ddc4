using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace VulnDiag.Worker.Tests.Feeds;

/// <summary>A server of feed files on loopback, which knows tags and days as nvd.nist.gov and www.cisa.gov do.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication _site;

    private FeedServer(WebApplication site) => _site = site;

    /// <summary>What is served, by path; null waits until the asker gives up.</summary>
    internal Dictionary<string, (byte[]? Bytes, string? Tag, DateTimeOffset? Modified)> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Paths of which the first bytes alone are sent, and whether the server waits then; else it cuts the connection.</summary>
    internal Dictionary<string, (int Sent, bool Waits)> Cut { get; } = new(StringComparer.Ordinal);

    /// <summary>Path and status of every answer.</summary>
    internal List<(string Path, int Status)> Answers { get; } = [];

    internal string Address(string path) => _site.Urls.Single() + path;

    internal static async Task<FeedServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new FeedServer(builder.Build());
        server._site.Run(server.AnswerAsync);
        await server._site.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var known = Files.TryGetValue(path, out var file);
        var status = !known ? 404 : IsKnown(context.Request, file.Tag, file.Modified) ? 304 : 200;
        Answers.Add((path, status));
        context.Response.StatusCode = status;
        if (file.Tag is not null) context.Response.Headers.ETag = file.Tag;
        if (file.Modified is { } modified) context.Response.GetTypedHeaders().LastModified = modified;
        if (status != 200) return;
        if (file.Bytes is not { } bytes) await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        else if (Cut.TryGetValue(path, out var cut)) await SendPartAsync(context, bytes, cut.Sent, cut.Waits);
        else await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static async Task SendPartAsync(HttpContext context, byte[] bytes, int sent, bool waits)
    {
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, sent), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (waits) await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        context.Abort();
    }

    private static bool IsKnown(HttpRequest request, string? tag, DateTimeOffset? modified) => tag is not null
        ? request.Headers.IfNoneMatch == tag
        : modified is not null && request.GetTypedHeaders().IfModifiedSince >= modified;
}
