using VulnDiag.VulnDb.Feeds;

namespace VulnDiag.VulnDb.Store;

/// <summary>The load of one file: what was written, what could not be read, and which scores differ from ours.</summary>
internal sealed class FileLoad(IFeed feed, DatabaseWriter writer)
{
    private readonly ScoreCheck check = new();

    /// <summary>Items written.</summary>
    internal long Records { get; private set; }

    /// <summary>Records that could not be read, each with its reason.</summary>
    internal List<string> Skipped { get; } = [];

    /// <summary>Scores that are not what their own vector gives.</summary>
    internal List<ScoreDifference> Differences { get; } = [];

    /// <summary>Newest change of any record, where the feed tells it.</summary>
    internal DateTimeOffset? Newest { get; private set; }

    /// <summary>Reads and writes every item.</summary>
    /// <exception cref="FeedException">The file is broken: what was written has to be taken back.</exception>
    internal void Run(Stream content, CancellationToken cancellationToken)
    {
        foreach (var item in Prefetch.Of(feed.Read(content), cancellationToken))
        {
            if (writer.Write(feed.Id, item) is { } bad)
            {
                Skipped.Add($"{bad.Where}: {bad.Why}");
                continue;
            }

            Records++;
            if (item.At is { } at && !(Newest > at)) Newest = at;
            if (item is CveRecord record) Differences.AddRange(check.Of(record));
        }
    }
}
