using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using VulnDiag.VulnDb.Store;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Feeds;

/// <summary>What became of asking for one feed.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="File">Name of the file that it was written to; null when nothing was fetched.</param>
/// <param name="Mark">By what the server will know it again.</param>
/// <param name="Failure">Why it was not fetched, in one sentence; null when it was, or when there is nothing new.</param>
internal sealed record FetchedFeed(Uri Address, string? File, FeedMark Mark, string? Failure)
{
    internal bool IsNothingNew => File is null && Failure is null;
}

/// <summary>Fetches a feed as it is served (plain, .gz or .zip), where it is newer than what we have.</summary>
/// <remarks>Source: RFC 9110, sections 13.1.2 and 13.1.3 (If-None-Match, If-Modified-Since) and 15.4.5 (304).</remarks>
internal sealed class FeedDownload(VulnDbOptions options) : IDisposable
{
    private const int Megabyte = 1 << 20;
    private const int Buffer = 1 << 16;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = true, MaxAutomaticRedirections = 5 }) { Timeout = Timeout.InfiniteTimeSpan };

    private long Most => (long)options.FeedMegabytes * Megabyte;

    /// <summary>Never throws for what a server or the network does: that is the answer's failure.</summary>
    /// <param name="address">Where the feed is.</param>
    /// <param name="known">What was told when it was last loaded, or null.</param>
    /// <param name="folder">Where it is written to.</param>
    /// <param name="name">Name of the file.</param>
    /// <param name="cancellationToken">Stops the fetching.</param>
    internal async Task<FetchedFeed> FetchAsync(Uri address, FeedMark? known, string folder, string name, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(options.FeedTimeoutSeconds));
        try
        {
            return await AskAsync(address, known, Path.Combine(folder, name), limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(address, $"it took longer than {options.FeedTimeoutSeconds} s (VulnDb:FeedTimeoutSeconds).");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return Failed(address, exception.Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<FetchedFeed> AskAsync(Uri address, FeedMark? known, string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (EntityTagHeaderValue.TryParse(known?.ETag, out var tag)) request.Headers.IfNoneMatch.Add(tag);
        request.Headers.IfModifiedSince = known?.LastModified;
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var mark = new FeedMark(answer.Headers.ETag?.ToString(), answer.Content.Headers.LastModified);
        if (answer.StatusCode == HttpStatusCode.NotModified && known is not null) return new FetchedFeed(address, null, known, null);
        if (answer.StatusCode != HttpStatusCode.OK) return Failed(address, string.Create(CultureInfo.InvariantCulture, $"the server answered {(int)answer.StatusCode}."));
        return await WriteAsync(answer, path, cancellationToken)
            ? new FetchedFeed(address, Path.GetFileName(path), mark, null)
            : Failed(address, $"it is larger than {options.FeedMegabytes} MB (VulnDb:FeedMegabytes).");
    }

    /// <summary>False when there is more than we take. What is not whole is gone, as the folder is loaded with all that lies in it.</summary>
    private async Task<bool> WriteAsync(HttpResponseMessage answer, string path, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentLength > Most) return false;
        var isWhole = false;
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            bool isAll;
            await using (var file = File.Create(path)) isAll = await CopyAsync(body, file, cancellationToken);
            // Not before the last of it was written out.
            return isWhole = isAll;
        }
        finally
        {
            if (!isWhole) File.Delete(path);
        }
    }

    private async Task<bool> CopyAsync(Stream body, FileStream file, CancellationToken cancellationToken)
    {
        var (buffer, written) = (new byte[Buffer], 0L);
        for (var read = await body.ReadAsync(buffer, cancellationToken); read > 0; read = await body.ReadAsync(buffer, cancellationToken))
        {
            written += read;
            if (written > Most) return false;
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return true;
    }

    private static FetchedFeed Failed(Uri address, string why) => new(address, null, new FeedMark(null, null), why);
}
