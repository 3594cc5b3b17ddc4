using System.CommandLine;
using VulnDiag.VulnDb.Store;

namespace VulnDiag.Worker.Cli;

/// <summary><c>vulndb status</c>: what each feed gave, and how old that is.</summary>
internal static class VulndbStatus
{
    private const string Retired = "nvd-1.1";

    // NVD asks for this sentence wherever its data are used.
    private const string Attribution = "This product uses data from the NVD API but is not endorsed or certified by the NVD.";

    // NVD, CISA and FIRST publish every day or week: what is older was not fetched.
    private static readonly TimeSpan OldAfter = TimeSpan.FromDays(14);

    /// <summary>One feed, as <c>--json</c> shows it. The names are a contract: they grow, they do not change.</summary>
    private sealed record Shown(string Feed, long Records, DateTimeOffset? Newest, DateTimeOffset Loaded, int AgeDays, bool Old)
    {
        internal static Shown Of(FeedStatus feed, DateTimeOffset now)
        {
            var age = now - (feed.Newest ?? feed.Loaded);
            return new Shown(feed.Feed, feed.Records, feed.Newest, feed.Loaded, Math.Max(0, (int)age.TotalDays), age > OldAfter);
        }

        internal string Warning => Feed == Retired
            ? $"{Feed} is old: NVD no longer publishes this form. Load the files of API 2.0."
            : $"{Feed} is old: its newest change is {AgeDays} days old. Load a newer one with 'vulndb update --from DIR'.";
    }

    internal static Command Build(VerbHost host)
    {
        var (database, json) = (VulndbVerb.DatabaseOption(), VerbHost.JsonOption());
        var command = new Command("status", "Says how many records each feed gave, how new they are, and warns when they are old.") { database, json };
        command.SetAction((result, _) => RunAsync(host, VulndbVerb.PathOf(host, result.GetValue(database)), result.GetValue(json)));
        return command;
    }

    /// <summary>A sentence for each feed that is old.</summary>
    internal static IReadOnlyList<string> Warnings(VulnDatabase database, DateTimeOffset now) =>
        [.. database.Status().Select(feed => Shown.Of(feed, now)).Where(static feed => feed.Old).Select(static feed => feed.Warning)];

    private static async Task<int> RunAsync(VerbHost host, string file, bool json)
    {
        using var database = VulndbVerb.Open(file);
        var feeds = database.Status().Select(feed => Shown.Of(feed, host.Console.Time.GetUtcNow())).ToList();
        if (json) await host.AnswerJsonAsync(feeds);
        foreach (var feed in feeds)
        {
            if (!json) await host.Console.Out.WriteLineAsync($"{feed.Feed}: {feed.Records} records, newest change {feed.Newest?.ToString("yyyy-MM-dd", null) ?? "not told"}, loaded {feed.Loaded:yyyy-MM-dd}, {feed.AgeDays} days old");
            if (feed.Old) await host.Console.Error.WriteLineAsync(feed.Warning);
        }

        if (!json && feeds.Count > 0) await host.Console.Out.WriteLineAsync(Attribution);
        return ExitCode.Done;
    }
}
