using System.Globalization;
using Microsoft.Data.Sqlite;
using VulnDiag.Model;

namespace VulnDiag.VulnDb.Store;

/// <summary>The CVEs of a product, remembered as long as the database does not change: a scan asks about the same servers again and again.</summary>
internal sealed class Candidates(SqliteConnection connection)
{
    // Characters: the Linux kernel's CVEs have some ten million.
    private const long MaxWeight = 48L << 20;

    private readonly Dictionary<string, IReadOnlyList<CveLayers>> known = new(StringComparer.Ordinal);
    private long weight;
    private long version = -1;

    /// <summary>Every CVE of which any layer names one of the products as vulnerable, with all of its layers.</summary>
    internal IReadOnlyList<CveLayers> Of(IReadOnlySet<string> keys)
    {
        ForgetWhatChanged();
        var name = string.Join(' ', keys.Order(StringComparer.Ordinal));
        if (known.TryGetValue(name, out var remembered)) return remembered;
        var candidates = Read(keys);
        weight += candidates.Sum(static each => (long)each.Weight);
        if (weight > MaxWeight) Forget();
        return known[name] = candidates;
    }

    private void ForgetWhatChanged()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA data_version";
        var current = (long)command.ExecuteScalar()!;
        if (current != version) Forget();
        version = current;
    }

    private void Forget()
    {
        known.Clear();
        weight = 0;
    }

    private List<CveLayers> Read(IReadOnlySet<string> keys)
    {
        var names = keys.Select(static (key, index) => (Name: $"$key{index}", Key: key)).ToList();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT r.id, r.status, r.description, r.score_version, r.score, r.vector, r.configurations, r.feed, r.loaded,
              k.cve, e.probability, e.percentile, EXISTS (SELECT 1 FROM jvn_cve j WHERE j.cve = c.cve)
            FROM (SELECT DISTINCT pr.record / {Layers.PerCve} AS cve FROM product p JOIN product_record pr ON pr.product = p.id WHERE p.key IN ({string.Join(", ", names.Select(static each => each.Name))})) c
            JOIN record r ON r.id BETWEEN c.cve * {Layers.PerCve} AND c.cve * {Layers.PerCve} + {Layers.PerCve - 1}
            LEFT JOIN kev k ON k.cve = c.cve
            LEFT JOIN epss e ON e.cve = c.cve
            ORDER BY r.id
            """;
        foreach (var (name, key) in names) command.Parameters.AddWithValue(name, key);

        var candidates = new List<CveLayers>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var id = reader.GetInt64(0);
            var cve = id / Layers.PerCve;
            if (candidates.Count == 0 || candidates[^1].Cve != cve) candidates.Add(Of(cve, keys, reader));
            var origin = (reader.GetString(7), DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64(8)));
            candidates[^1].Add(Layers.Of(id), reader.GetString(1), reader.GetString(2), Score(reader), reader.GetString(6), origin);
        }

        return candidates;
    }

    private static CveLayers Of(long cve, IReadOnlySet<string> keys, SqliteDataReader reader) => new(cve, keys)
    {
        KnownExploited = !reader.IsDBNull(9),
        ExploitProbability = Decimal(reader, 10),
        ExploitPercentile = Decimal(reader, 11),
        HasJvn = reader.GetInt64(12) == 1,
    };

    private static CvssScore? Score(SqliteDataReader reader) =>
        reader.IsDBNull(3) ? null : new CvssScore(reader.GetString(3), decimal.Parse(reader.GetString(4), CultureInfo.InvariantCulture), reader.GetString(5));

    private static decimal? Decimal(SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : decimal.Parse(reader.GetString(column), CultureInfo.InvariantCulture);
}
