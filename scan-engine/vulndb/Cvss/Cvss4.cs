using System.Globalization;

namespace VulnDiag.VulnDb.Cvss;

/// <summary>CVSS version 4.0.</summary>
/// <remarks>
/// Reckoned in decimal and rounded half up. Source: FIRST, CVSS v4.0 Specification Document, section 8 (MacroVectors, equivalence classes, severity distance)
/// and its table of MacroVector scores (v4-macrovectors.csv), as published by FIRST with its reference calculator, 2024.
/// </remarks>
internal static class Cvss4
{
    private static readonly string[] Impacts = ["VC", "VI", "VA", "SC", "SI", "SA"];

    private static readonly CvssDefinition Definition = CvssDefinition.Of(
        "AV:N,A,L,P AC:L,H AT:N,P PR:N,L,H UI:N,P,A VC:H,L,N VI:H,L,N VA:H,L,N SC:H,L,N SI:H,L,N SA:H,L,N",
        "E:X,A,P,U CR:X,H,M,L IR:X,H,M,L AR:X,H,M,L MAV:X,N,A,L,P MAC:X,L,H MAT:X,N,P MPR:X,N,L,H MUI:X,N,P,A "
        + "MVC:X,H,L,N MVI:X,H,L,N MVA:X,H,L,N MSC:X,H,L,N MSI:X,S,H,L,N MSA:X,S,H,L,N "
        + "S:X,N,P AU:X,N,Y R:X,A,U,I V:X,D,C RE:X,L,M,H U:X,Clear,Green,Amber,Red");

    private static readonly Dictionary<string, decimal> Scores = EmbeddedData.Rows("Cvss.v4-macrovectors.csv")
        .ToDictionary(static cells => cells[0], static cells => decimal.Parse(cells[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>The score of all the metrics given, or null when the vector is not valid.</summary>
    internal static decimal? Score(string vector)
    {
        if (CvssMetrics.Parse(vector, Definition) is not { } metrics) return null;
        string Effective(string metric) => Cvss4.Effective(metrics, metric);
        if (Impacts.All(metric => Effective(metric) == "N")) return 0m;

        var macro = MacroVector.Of(Effective);
        var score = Scores[macro.Key];
        var shares = new List<decimal>();
        foreach (var (lower, distance) in macro.Neighbours(Effective))
        {
            if (lower.Select(static key => Scores.TryGetValue(key, out var below) ? below : (decimal?)null).Max() is { } below)
                shares.Add((score - below) * distance);
        }

        var value = score - (shares.Count == 0 ? 0m : shares.Sum() / shares.Count);
        return Math.Round(Math.Clamp(value, 0m, 10m), 1, MidpointRounding.AwayFromZero);
    }

    /// <summary>The environment's value where there is one; what is not defined counts as the worst.</summary>
    private static string Effective(CvssMetrics metrics, string metric) => metric switch
    {
        "E" => metrics.Get(metric, "A"),
        "CR" or "IR" or "AR" => metrics.Get(metric, "H"),
        _ => metrics.Get("M" + metric, metrics[metric]),
    };
}
