using System.Globalization;
using Microsoft.Data.Sqlite;
using VulnDiag.VulnDb.Feeds;

namespace VulnDiag.VulnDb.Store;

/// <summary>Writes feed items within one transaction. Not thread-safe.</summary>
internal sealed class DatabaseWriter(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> commands = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> products = new(StringComparer.Ordinal);

    /// <summary>Writes one item.</summary>
    /// <returns>Null when it is written; else why it is passed over.</returns>
    internal BadRecord? Write(FeedItem item) => item switch
    {
        CveRecord record => Number(record.Id, cve => Record(cve, record)),
        ConfigurationOverride each => Number(each.Id, cve => Override(cve, each)),
        KevEntry each => Number(each.Id, cve => Run(
            "INSERT OR REPLACE INTO kev VALUES ($cve, $added, $ransomware)",
            ("$cve", cve), ("$added", each.Added?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("$ransomware", each.Ransomware))),
        EpssScore each => Number(each.Id, cve => Run(
            "INSERT OR REPLACE INTO epss VALUES ($cve, $probability, $percentile)",
            ("$cve", cve), ("$probability", Text(each.Probability)), ("$percentile", each.Percentile is { } percentile ? Text(percentile) : null))),
        JvnEntry each => Jvn(each),
        DistributionFix each => Number(each.Cve, cve => Run(
            "INSERT OR REPLACE INTO fix VALUES ($package, $cve, $distribution, $release, $version)",
            ("$package", each.Package), ("$cve", cve), ("$distribution", each.Distribution), ("$release", each.Release), ("$version", each.FixedVersion))),
        BadRecord bad => bad,
        _ => throw new ArgumentException($"{item.GetType().Name} has no place in the database.", nameof(item)),
    };

    /// <summary>Forgets product numbers that a rolled-back file made.</summary>
    internal void Forget() => products.Clear();

    /// <summary>Notes how much of a feed was loaded, and when.</summary>
    internal void NoteFeed(string feed, long records, DateTimeOffset? newest, DateTimeOffset now) => Run(
        "INSERT INTO feed VALUES ($id, $records, $newest, $loaded) ON CONFLICT(id) DO UPDATE SET records = $records, newest = max(ifnull(newest, 0), ifnull($newest, 0)), loaded = $loaded",
        ("$id", feed), ("$records", records), ("$newest", newest?.ToUnixTimeSeconds()), ("$loaded", now.ToUnixTimeSeconds()));

    public void Dispose()
    {
        foreach (var command in commands.Values) command.Dispose();
    }

    private void Record(long cve, CveRecord record)
    {
        var id = Layers.Id(cve, record.IsNvd ? Layer.Nvd : Layer.CveProgramme);
        var modified = record.Modified?.ToUnixTimeSeconds() ?? 0;
        if (Scalar("SELECT modified FROM record WHERE id = $id", ("$id", id)) is long known && known > modified) return;

        var score = record.Scores.OrderBy(static each => ScoreOrder.Of(each.Version)).FirstOrDefault();
        Replace(id, record.Status, modified, record.Description, score, record.Configurations);
    }

    private void Override(long cve, ConfigurationOverride each) => Replace(Layers.Id(cve, Layer.Override), "", 0, "", score: null, each.Configurations);

    private void Replace(long id, string status, long modified, string description, FeedScore? score, IReadOnlyList<CpeConfiguration> configurations)
    {
        if (Scalar("SELECT configurations FROM record WHERE id = $id", ("$id", id)) is string old)
        {
            foreach (var key in Keys(ConfigurationText.Read(old)))
                Run("DELETE FROM product_record WHERE product = $product AND record = $record", ("$product", Product(key)), ("$record", id));
        }

        Run(
            "INSERT OR REPLACE INTO record VALUES ($id, $status, $modified, $description, $version, $score, $vector, $configurations)",
            ("$id", id), ("$status", status), ("$modified", modified), ("$description", description),
            ("$version", score?.Version), ("$score", score is null ? null : Text(score.Score)), ("$vector", score?.Vector),
            ("$configurations", ConfigurationText.Write(configurations)));
        foreach (var key in Keys(configurations))
            Run("INSERT OR IGNORE INTO product_record VALUES ($product, $record)", ("$product", Product(key)), ("$record", id));
    }

    private static IEnumerable<string> Keys(IEnumerable<CpeConfiguration> configurations) => configurations
        .SelectMany(static configuration => configuration.Nodes)
        .SelectMany(static node => node.Criteria)
        .Where(static criterion => criterion.Vulnerable)
        .Select(static criterion => criterion.Name.Key)
        .Distinct(StringComparer.Ordinal);

    private long Product(string key)
    {
        if (products.TryGetValue(key, out var known)) return known;
        Run("INSERT OR IGNORE INTO product (key) VALUES ($key)", ("$key", key));
        return products[key] = (long)Scalar("SELECT id FROM product WHERE key = $key", ("$key", key))!;
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

    private object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Prepare(sql, parameters).ExecuteScalar();

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
