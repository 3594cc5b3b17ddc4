using VulnDiag.Model;
using VulnDiag.VulnDb.Feeds;

namespace VulnDiag.VulnDb.Store;

/// <summary>What the layers say of one CVE, and what holds of it.</summary>
/// <param name="cve">Number of the CVE.</param>
/// <param name="keys">Products that are asked about.</param>
internal sealed class CveLayers(long cve, IReadOnlySet<string> keys)
{
    private Layer? configured;
    private bool hasNvd;
    private string configurationText = "";
    private IReadOnlyList<CpeConfiguration>? configurations;

    /// <summary>Number of the CVE.</summary>
    internal long Cve { get; } = cve;

    /// <summary>The same as text.</summary>
    internal string Id => field ??= CveNumber.Text(Cve);

    /// <summary>True when NVD, or the programme where NVD has no record, withdrew it.</summary>
    internal bool IsRejected { get; private set; }

    /// <summary>True where the configurations that hold name the product in words alone.</summary>
    internal bool IsInWords => configured is Layer.ProductInWords;

    /// <summary>English description of the first layer that has one.</summary>
    internal string Description { get; private set; } = "";

    /// <summary>The score of the preferred version, NVD's before others of the same version; null where nobody gave one.</summary>
    internal CvssScore? Score { get; private set; }

    /// <summary>The feed whose configurations hold, and when it was loaded.</summary>
    internal (string Feed, DateTimeOffset Loaded) Origin { get; private set; } = ("", default);

    /// <summary>In CISA's catalogue.</summary>
    internal bool KnownExploited { get; init; }

    /// <summary>EPSS probability.</summary>
    internal decimal? ExploitProbability { get; init; }

    /// <summary>EPSS percentile.</summary>
    internal decimal? ExploitPercentile { get; init; }

    /// <summary>True when JVN iPedia has an entry.</summary>
    internal bool HasJvn { get; init; }

    /// <summary>Characters kept in memory, roughly.</summary>
    internal int Weight => configurationText.Length + Description.Length;

    /// <summary>The override's where there is one; else NVD's; else the programme's.</summary>
    internal IReadOnlyList<CpeConfiguration> Configurations => configurations ??= ConfigurationText.Read(configurationText, keys);

    /// <summary>Adds a layer; layers come in their order.</summary>
    internal void Add(Layer layer, string status, string description, CvssScore? score, string text, (string Feed, DateTimeOffset Loaded) origin)
    {
        IsRejected |= string.Equals(status, "Rejected", StringComparison.OrdinalIgnoreCase) && (layer == Layer.Nvd || !hasNvd);
        hasNvd |= layer == Layer.Nvd;
        if (Description.Length == 0) Description = description;
        if (score is not null && ScoreOrder.Of(score.Version) < ScoreOrder.Of(Score?.Version)) Score = score;
        if (configured is not null || text.Length == 0) return;
        (configured, configurationText, Origin) = (layer, text, origin);
    }
}
