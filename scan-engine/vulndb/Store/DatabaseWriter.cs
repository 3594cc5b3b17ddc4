using System.Globalization;
using Microsoft.Data.Sqlite;
using VulnDiag.VulnDb.Feeds;

namespace VulnDiag.VulnDb.Store;

/// <summary>Writes feed items within one transaction. Not thread-safe.</summary>
internal sealed class DatabaseWriter(SqliteConnection connection, DateTimeOffset now) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> products = new(StringComparer.Ordinal);
    private readonly long loaded = now.ToUnixTimeSeconds();

    /// <summary>Writes one item.</summary>
    /// <param name="feed">Where it comes from.</param>
    /// <param name="item">What it says.</param>
    /// <returns>Null when it is written; else why it is passed over.</returns>
    internal BadRecord? Write(string feed, FeedItem item) => item switch
    {
        CveRecord record => Number(record.Id, cve => Record(feed, cve, record)),
        ConfigurationOverride each => Number(each.Id, cve => Replace(Layers.Id(cve, Layer.Override), feed, "", 0, "", score: null, each.Configurations)),
        KevEntry each => Number(each.Id, cve => Run(
            "INSERT OR REPLACE INTO kev VALUES ($cve, $added, $ransomware)",
            ("$cve", cve), ("$added", each.Added?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("$ransomware", each.Ransomware))),
        EpssScore each => Number(each.Id, cve => Run(
            "INSERT INTO epss VALUES ($cve, $probability, $percentile, $day) ON CONFLICT(cve) DO UPDATE SET probability = $probability, percentile = $percentile, day = $day WHERE $day >= day",
            ("$cve", cve), ("$probability", Text(each.Probability)), ("$percentile", each.Percentile is { } percentile ? Text(percentile) : null), ("$day", each.Day?.DayNumber ?? 0))),
        JvnEntry each => Jvn(each),
        DistributionFix each => Number(each.Cve, cve => Run(
            "INSERT OR REPLACE INTO fix VALUES ($package, $distribution, $cve, $release, $version, $feed)",
            ("$package", each.Package), ("$distribution", each.Distribution), ("$cve", cve), ("$release", each.Release), ("$version", each.FixedVersion), ("$feed", feed))),
        BadRecord bad => bad,
        _ => throw new ArgumentException($"{item.GetType().Name} has no place in the database.", nameof(item)),
    };

    /// <summary>Forgets product numbers that a rolled-back file made.</summary>
    internal void Forget() => products.Clear();

    /// <summary>Notes how much of a feed was loaded, and when.</summary>
    internal void NoteFeed(string feed, long records, DateTimeOffset? newest) => Run(
        "INSERT INTO feed VALUES ($id, $records, $newest, $loaded) ON CONFLICT(id) DO UPDATE SET records = $records, newest = max(ifnull(newest, 0), ifnull($newest, 0)), loaded = $loaded",
        ("$id", feed), ("$records", records), ("$newest", newest?.ToUnixTimeSeconds()), ("$loaded", loaded));

    public void Dispose()
    {
        foreach (var command in commands.Values) command.Dispose();
    }

    private void Record(string feed, long cve, CveRecord record)
    {
        var score = record.Scores.OrderBy(static each => ScoreOrder.Of(each.Version)).FirstOrDefault();
        // A day that is still to come is an error of the feed, and must not keep later records out.
        var modified = Math.Min(record.Modified?.ToUnixTimeSeconds() ?? 0, loaded);
        Replace(Layers.Id(cve, record.IsNvd ? Layer.Nvd : Layer.CveProgramme), feed, record.Status, modified, record.Description, score, record.Configurations);
        var inWords = Layers.Id(cve, Layer.ProductInWords);
        if (!record.IsNvd && (record.ByName.Count > 0 || Known(inWords) is not null)) Replace(inWords, feed, record.Status, modified, "", score: null, record.ByName);
    }

    private void Replace(long id, string feed, string status, long modified, string description, FeedScore? score, IReadOnlyList<CpeConfiguration> configurations)
    {
        var old = Known(id);
        if (old is { } known && (known.Modified > modified || (known.Modified == modified && modified > 0 && IsRicher(known.Feed, feed)))) return;

        var text = ConfigurationText.Write(configurations);
        if (old is { } replaced && replaced.Configurations != text)
        {
            foreach (var key in ConfigurationText.VulnerableKeys(replaced.Configurations))
                Run("DELETE FROM product_record WHERE product = $product AND record = $record", ("$product", Product(key)), ("$record", id));
        }

        Run(
            "INSERT OR REPLACE INTO record VALUES ($id, $status, $modified, $description, $version, $score, $vector, $configurations, $feed, $loaded)",
            ("$id", id), ("$status", status), ("$modified", modified), ("$description", description),
            ("$version", score?.Version), ("$score", score is null ? null : Text(score.Score)), ("$vector", score?.Vector),
            ("$configurations", text), ("$feed", feed), ("$loaded", loaded));
        if (old?.Configurations == text) return;
        foreach (var key in Keys(configurations))
            Run("INSERT OR IGNORE INTO product_record VALUES ($product, $record)", ("$product", Product(key)), ("$record", id));
    }

    /// <summary>Of two records of one time the older shape, which tells less, gives way.</summary>
    private static bool IsRicher(string known, string feed) => known == "nvd" && feed == "nvd-1.1";

    private (long Modified, string Feed, string Configurations)? Known(long id)
    {
        using var reader = Prepare("SELECT modified, feed, configurations FROM record WHERE id = $id", [("$id", id)]).ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetString(1), reader.GetString(2)) : null;
    }

    private static IEnumerable<string> Keys(IReadOnlyList<CpeConfiguration> configurations)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var configuration in configurations)
        {
            foreach (var node in configuration.Nodes)
            {
                foreach (var criterion in node.Criteria)
                {
                    if (criterion.Vulnerable) keys.Add(criterion.Key);
                }
            }
        }

        return keys;
    }

    private long Product(string key)
    {
        if (products.TryGetValue(key, out var known)) return known;
        Run("INSERT OR IGNORE INTO product (key) VALUES ($key)", ("$key", key));
        return products[key] = (long)Prepare("SELECT id FROM product WHERE key = $key", [("$key", key)]).ExecuteScalar()!;
    }

    private BadRecord? Jvn(JvnEntry entry)
    {
        Run("INSERT OR REPLACE INTO jvn VALUES ($id, $title, $address)", ("$id", entry.Id), ("$title", entry.TitleJa), ("$address", entry.Address));
        foreach (var cve in entry.Cves.Select(CveNumber.Of).OfType<long>())
            Run("INSERT OR IGNORE INTO jvn_cve VALUES ($cve, $jvn)", ("$cve", cve), ("$jvn", entry.Id));
        return null;
    }

    private static BadRecord? Number(string id, Action<long> write)
    {
        if (CveNumber.Of(id) is not { } cve) return new BadRecord(id, "The number of the CVE id is too long.");
        write(cve);
        return null;
    }

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private void Run(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Prepare(sql, parameters).ExecuteNonQuery();

    private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            commands[sql] = command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, _) in parameters) command.Parameters.Add(new SqliteParameter(name, value: null));
        }

        for (var at = 0; at < parameters.Length; at++) command.Parameters[at].Value = parameters[at].Value ?? DBNull.Value;
        return command;
    }
}
