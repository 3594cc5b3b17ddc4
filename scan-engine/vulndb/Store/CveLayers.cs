using VulnDiag.Model;
using VulnDiag.VulnDb.Feeds;

namespace VulnDiag.VulnDb.Store;

/// <summary>What the layers say of one CVE, and what holds of it.</summary>
internal sealed class CveLayers(long cve)
{
    private readonly Dictionary<Layer, string> configurations = [];

    /// <summary>Number of the CVE.</summary>
    internal long Cve { get; } = cve;

    /// <summary>True when NVD, or the programme where NVD has no record, withdrew it.</summary>
    internal bool IsRejected { get; private set; }

    /// <summary>English description of the first layer that has one.</summary>
    internal string Description { get; private set; } = "";

    /// <summary>The score of the preferred version, NVD's before others of the same version; null where nobody gave one.</summary>
    internal CvssScore? Score { get; private set; }

    /// <summary>The override's where there is one; else NVD's; else the programme's.</summary>
    internal IReadOnlyList<CpeConfiguration> Configurations =>
        ConfigurationText.Read(configurations.OrderBy(static pair => pair.Key).Select(static pair => pair.Value).FirstOrDefault(static text => text.Length > 0) ?? "");

    /// <summary>Adds a layer; layers come in their order.</summary>
    internal void Add(Layer layer, string status, string description, CvssScore? score, string text)
    {
        configurations[layer] = text;
        IsRejected |= string.Equals(status, "Rejected", StringComparison.OrdinalIgnoreCase) && (layer == Layer.Nvd || !configurations.ContainsKey(Layer.Nvd));
        if (Description.Length == 0) Description = description;
        if (score is not null && ScoreOrder.Of(score.Version) < ScoreOrder.Of(Score?.Version)) Score = score;
    }
}
