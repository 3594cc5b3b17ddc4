namespace VulnDiag.VulnDb.Cvss;

/// <summary>CVSS versions 3.0 and 3.1.</summary>
/// <remarks>Source: FIRST, CVSS v3.0 Specification Document, section 8; v3.1, section 7 and appendix A (Roundup).</remarks>
internal static class Cvss3
{
    private static readonly string[] Temporal = ["E", "RL", "RC"];

    private static readonly string[] Environmental = ["CR", "IR", "AR", "MAV", "MAC", "MPR", "MUI", "MS", "MC", "MI", "MA"];

    private static readonly CvssDefinition Definition = CvssDefinition.Of(
        "AV:N,A,L,P AC:L,H PR:N,L,H UI:N,R S:U,C C:H,L,N I:H,L,N A:H,L,N",
        "E:X,U,P,F,H RL:X,O,T,W,U RC:X,U,R,C CR:X,L,M,H IR:X,L,M,H AR:X,L,M,H "
        + "MAV:X,N,A,L,P MAC:X,L,H MPR:X,N,L,H MUI:X,N,R MS:X,U,C MC:X,H,L,N MI:X,H,L,N MA:X,H,L,N");

    /// <summary>The score of all the metrics given, or null when the vector is not valid.</summary>
    /// <param name="vector">Metrics without the version's prefix.</param>
    /// <param name="minor">0 or 1.</param>
    internal static decimal? Score(string vector, int minor)
    {
        if (CvssMetrics.Parse(vector, Definition) is not { } metrics) return null;
        var environmental = metrics.HasAny(Environmental);
        var score = RoundUp(environmental ? ModifiedScore(metrics, minor) : BaseScore(metrics), minor);
        return environmental || metrics.HasAny(Temporal) ? RoundUp(score * TemporalFactor(metrics), minor) : score;
    }

    private static decimal BaseScore(CvssMetrics metrics)
    {
        var lost = 1m - ((1m - Loss(metrics["C"])) * (1m - Loss(metrics["I"])) * (1m - Loss(metrics["A"])));
        var changed = metrics["S"] == "C";
        var impact = changed ? (7.52m * (lost - 0.029m)) - (3.25m * Power(lost - 0.02m, 15)) : 6.42m * lost;
        return Combine(impact, Exploitability(metrics["AV"], metrics["AC"], metrics["PR"], metrics["UI"], changed), changed);
    }

    private static decimal ModifiedScore(CvssMetrics metrics, int minor)
    {
        decimal Kept(string metric, string requirement) => 1m - (Requirement(metrics.Get(requirement, "M")) * Loss(Modified(metrics, metric)));

        var lost = Math.Min(1m - (Kept("C", "CR") * Kept("I", "IR") * Kept("A", "AR")), 0.915m);
        var changed = Modified(metrics, "S") == "C";
        var impact = (changed, minor) switch
        {
            (false, _) => 6.42m * lost,
            (true, 0) => (7.52m * (lost - 0.029m)) - (3.25m * Power(lost - 0.02m, 15)),
            (true, _) => (7.52m * (lost - 0.029m)) - (3.25m * Power((lost * 0.9731m) - 0.02m, 13)),
        };
        var exploitability = Exploitability(Modified(metrics, "AV"), Modified(metrics, "AC"), Modified(metrics, "PR"), Modified(metrics, "UI"), changed);
        return Combine(impact, exploitability, changed);
    }

    private static decimal Combine(decimal impact, decimal exploitability, bool changed) =>
        impact <= 0m ? 0m : Math.Min((changed ? 1.08m : 1m) * (impact + exploitability), 10m);

    private static decimal Exploitability(string vector, string complexity, string privileges, string interaction, bool changed) => 8.22m
        * vector switch { "N" => 0.85m, "A" => 0.62m, "L" => 0.55m, _ => 0.2m }
        * complexity switch { "L" => 0.77m, _ => 0.44m }
        * (privileges, changed) switch { ("N", _) => 0.85m, ("L", false) => 0.62m, ("L", true) => 0.68m, (_, false) => 0.27m, (_, true) => 0.5m }
        * interaction switch { "N" => 0.85m, _ => 0.62m };

    private static decimal TemporalFactor(CvssMetrics metrics) =>
        metrics.Get("E", "H") switch { "U" => 0.91m, "P" => 0.94m, "F" => 0.97m, _ => 1m }
        * metrics.Get("RL", "U") switch { "O" => 0.95m, "T" => 0.96m, "W" => 0.97m, _ => 1m }
        * metrics.Get("RC", "C") switch { "U" => 0.92m, "R" => 0.96m, _ => 1m };

    private static string Modified(CvssMetrics metrics, string metric) => metrics.Get("M" + metric, metrics[metric]);

    private static decimal Loss(string value) => value switch { "H" => 0.56m, "L" => 0.22m, _ => 0m };

    private static decimal Requirement(string value) => value switch { "L" => 0.5m, "H" => 1.5m, _ => 1m };

    private static decimal Power(decimal value, int exponent)
    {
        var power = 1m;
        for (var times = 0; times < exponent; times++) power *= value;
        return power;
    }

    /// <summary>v3.0: the next tenth, exactly. v3.1: the same after rounding to five places, so that every machine agrees.</summary>
    private static decimal RoundUp(decimal value, int minor) =>
        Math.Ceiling((minor == 0 ? value : Math.Round(value, 5, MidpointRounding.AwayFromZero)) * 10m) / 10m;
}
