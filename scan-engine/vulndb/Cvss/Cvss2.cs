namespace VulnDiag.VulnDb.Cvss;

/// <summary>CVSS version 2.</summary>
/// <remarks>Source: FIRST, A Complete Guide to the Common Vulnerability Scoring System Version 2.0, section 3.2 (equations).</remarks>
internal static class Cvss2
{
    private static readonly string[] Temporal = ["E", "RL", "RC"];
    private static readonly string[] Environmental = ["CDP", "TD", "CR", "IR", "AR"];

    private static readonly CvssDefinition Definition = CvssDefinition.Of(
        "AV:L,A,N AC:H,M,L Au:M,S,N C:N,P,C I:N,P,C A:N,P,C",
        "E:U,POC,F,H,ND RL:OF,TF,W,U,ND RC:UC,UR,C,ND CDP:N,L,LM,MH,H,ND TD:N,L,M,H,ND CR:L,M,H,ND IR:L,M,H,ND AR:L,M,H,ND");

    /// <summary>The score of all the metrics given, or null when the vector is not valid.</summary>
    internal static decimal? Score(string vector)
    {
        if (CvssMetrics.Parse(vector, Definition) is not { } metrics) return null;
        if (metrics.HasAny(Environmental)) return EnvironmentalScore(metrics);
        var score = BaseScore(metrics, Impact(metrics, static (_, _) => 1m));
        return metrics.HasAny(Temporal) ? TemporalScore(metrics, score) : score;
    }

    private static decimal EnvironmentalScore(CvssMetrics metrics)
    {
        var impact = Math.Min(10m, Impact(metrics, static (metrics, requirement) => Requirement(metrics.Get(requirement, "M"))));
        var temporal = TemporalScore(metrics, BaseScore(metrics, impact));
        var damage = metrics.Get("CDP", "N") switch { "L" => 0.1m, "LM" => 0.3m, "MH" => 0.4m, "H" => 0.5m, _ => 0m };
        var distribution = metrics.Get("TD", "H") switch { "N" => 0m, "L" => 0.25m, "M" => 0.75m, _ => 1m };
        return Round((temporal + ((10m - temporal) * damage)) * distribution);
    }

    private static decimal TemporalScore(CvssMetrics metrics, decimal score)
    {
        var exploitability = metrics.Get("E", "H") switch { "U" => 0.85m, "POC" => 0.9m, "F" => 0.95m, _ => 1m };
        var remediation = metrics.Get("RL", "U") switch { "OF" => 0.87m, "TF" => 0.9m, "W" => 0.95m, _ => 1m };
        var confidence = metrics.Get("RC", "C") switch { "UC" => 0.9m, "UR" => 0.95m, _ => 1m };
        return Round(score * exploitability * remediation * confidence);
    }

    private static decimal BaseScore(CvssMetrics metrics, decimal impact)
    {
        var vector = metrics["AV"] switch { "L" => 0.395m, "A" => 0.646m, _ => 1m };
        var complexity = metrics["AC"] switch { "H" => 0.35m, "M" => 0.61m, _ => 0.71m };
        var authentication = metrics["Au"] switch { "M" => 0.45m, "S" => 0.56m, _ => 0.704m };
        var exploitability = 20m * vector * complexity * authentication;
        var factor = impact == 0m ? 0m : 1.176m;
        return Round(((0.6m * impact) + (0.4m * exploitability) - 1.5m) * factor);
    }

    private static decimal Impact(CvssMetrics metrics, Func<CvssMetrics, string, decimal> weight) => 10.41m * (1m
        - ((1m - (Loss(metrics["C"]) * weight(metrics, "CR")))
            * (1m - (Loss(metrics["I"]) * weight(metrics, "IR")))
            * (1m - (Loss(metrics["A"]) * weight(metrics, "AR")))));

    private static decimal Loss(string value) => value switch { "P" => 0.275m, "C" => 0.66m, _ => 0m };

    private static decimal Requirement(string value) => value switch { "L" => 0.5m, "H" => 1.51m, _ => 1m };

    private static decimal Round(decimal value) => Math.Round(value, 1, MidpointRounding.AwayFromZero);
}
