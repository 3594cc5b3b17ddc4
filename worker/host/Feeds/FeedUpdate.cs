using System.Globalization;
using VulnDiag.VulnDb.Store;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Feeds;

/// <summary>The update from the addresses of the settings: what is new is fetched into a folder of its own, which is loaded as any other.</summary>
internal sealed class FeedUpdate(VulnDbOptions options, string database, TimeProvider time) : IDisposable
{
    private readonly FeedDownload _download = new(options);

    /// <summary>Fetches and loads. A feed that cannot be fetched leaves its old data, and the others are loaded.</summary>
    /// <param name="said">Takes a sentence for each feed that is not new.</param>
    /// <param name="cancellationToken">Stops it; the database keeps what it had.</param>
    /// <exception cref="InvalidDataException">The database was made by another version, or is damaged.</exception>
    internal async Task<IReadOnlyList<FileReport>> RunAsync(Func<string, Task> said, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("vulndiag-feeds-").FullName;
        try
        {
            var marks = FeedMarks.Of(database);
            var fetched = new List<FetchedFeed>();
            foreach (var address in options.FeedAddresses)
            {
                var feed = await _download.FetchAsync(address, marks.GetValueOrDefault(address), folder, Name(fetched.Count, address), cancellationToken);
                fetched.Add(feed);
                if (feed.IsNothingNew) await said($"{address}: nothing new.");
            }

            var reports = fetched.Exists(static feed => feed.File is not null)
                ? await Task.Run(() => DatabaseUpdate.Run(folder, database, time, cancellationToken), cancellationToken)
                : [];
            var results = fetched.Where(static feed => !feed.IsNothingNew).Select(feed => (Feed: feed, Reports: Of(feed, reports))).ToList();
            var loaded = results.Where(static result => result.Reports.All(static report => report.Failure is null));
            var told = loaded.Select(static result => KeyValuePair.Create(result.Feed.Address, result.Feed.Mark)).ToList();
            if (told.Count > 0) await Task.Run(() => FeedMarks.Keep(database, told, cancellationToken), cancellationToken);
            return [.. results.SelectMany(static result => result.Reports)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Dispose() => _download.Dispose();

    /// <summary>What became of the feed, under its address.</summary>
    private static List<FileReport> Of(FetchedFeed feed, IReadOnlyList<FileReport> reports)
    {
        var address = feed.Address.AbsoluteUri;
        if (feed.File is not { } file) return [new FileReport(address, null, 0, [], $"It was not fetched: {feed.Failure} What was there before stays.", [])];
        var own = reports.Where(report => report.File == file || report.File.StartsWith(file + "/", StringComparison.Ordinal)).ToList();
        return own.Exists(static report => report.Feed is not null || report.Failure is not null)
            ? [.. own.Select(report => report with { File = address + report.File[file.Length..] })]
            : [new FileReport(address, null, 0, [], "What the server sent is no feed that we know. What was there before stays.", [])];
    }

    /// <summary>In the order of the settings: kinds are told by content, so that the name says nothing.</summary>
    private static string Name(int number, Uri address) => string.Create(CultureInfo.InvariantCulture, $"{number:0000}{Path.GetExtension(address.AbsolutePath)}");
}
