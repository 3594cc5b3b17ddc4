using System.Globalization;

namespace VulnDiag.VulnDb.Cvss;

/// <summary>The six equivalence classes of a v4.0 vector.</summary>
/// <remarks>Source: FIRST, CVSS v4.0 Specification Document, tables 24 to 29 (classes and their highest severity vectors) and section 8.2 (distances).</remarks>
internal sealed record MacroVector(int Eq1, int Eq2, int Eq3, int Eq4, int Eq5, int Eq6)
{
    /// <summary>Values of each metric from the most severe down: the distance between two is a count of steps.</summary>
    private static readonly Dictionary<string, string> Levels = new(StringComparer.Ordinal)
    {
        ["AV"] = "NALP", ["PR"] = "NLH", ["UI"] = "NPA", ["AC"] = "LH", ["AT"] = "NP", ["VC"] = "HLN", ["VI"] = "HLN", ["VA"] = "HLN",
        ["SC"] = "SHLN", ["SI"] = "SHLN", ["SA"] = "SHLN", ["CR"] = "HML", ["IR"] = "HML", ["AR"] = "HML",
    };

    private static readonly EquivalenceClass[] Eq1Classes =
    [
        new(1, "AV:N PR:N UI:N"),
        new(4, "AV:A PR:N UI:N", "AV:N PR:L UI:N", "AV:N PR:N UI:P"),
        new(5, "AV:P PR:N UI:N", "AV:A PR:L UI:P"),
    ];

    private static readonly EquivalenceClass[] Eq2Classes = [new(1, "AC:L AT:N"), new(2, "AC:H AT:N", "AC:L AT:P")];

    /// <summary>By Eq3 and Eq6 together; the most severe Eq6 cannot go with the least severe Eq3.</summary>
    private static readonly Dictionary<(int, int), EquivalenceClass> Eq3Eq6Classes = new()
    {
        [(0, 0)] = new(7, "VC:H VI:H VA:H CR:H IR:H AR:H"),
        [(0, 1)] = new(6, "VC:H VI:H VA:L CR:M IR:M AR:H", "VC:H VI:H VA:H CR:M IR:M AR:M"),
        [(1, 0)] = new(8, "VC:L VI:H VA:H CR:H IR:H AR:H", "VC:H VI:L VA:H CR:H IR:H AR:H"),
        [(1, 1)] = new(
            8,
            "VC:L VI:H VA:L CR:H IR:M AR:H",
            "VC:L VI:H VA:H CR:H IR:M AR:M",
            "VC:H VI:L VA:H CR:M IR:H AR:M",
            "VC:H VI:L VA:L CR:M IR:H AR:H",
            "VC:L VI:L VA:H CR:H IR:H AR:M"),
        [(2, 1)] = new(10, "VC:L VI:L VA:L CR:H IR:H AR:H"),
    };

    private static readonly EquivalenceClass[] Eq4Classes = [new(6, "SC:H SI:S SA:S"), new(5, "SC:H SI:H SA:H"), new(4, "SC:L SI:L SA:L")];

    /// <summary>The row of the score table.</summary>
    internal string Key => string.Create(CultureInfo.InvariantCulture, $"{Eq1}{Eq2}{Eq3}{Eq4}{Eq5}{Eq6}");

    internal static MacroVector Of(Func<string, string> value)
    {
        bool Is(string metric, string wanted) => value(metric) == wanted;

        string[] reach = [value("AV"), value("PR"), value("UI")];
        var eq1 = reach.All(static each => each == "N") ? 0 : reach.Contains("N") && !Is("AV", "P") ? 1 : 2;
        var eq2 = Is("AC", "L") && Is("AT", "N") ? 0 : 1;
        var eq3 = Is("VC", "H") && Is("VI", "H") ? 0 : Is("VC", "H") || Is("VI", "H") || Is("VA", "H") ? 1 : 2;
        var eq4 = Is("SI", "S") || Is("SA", "S") ? 0 : Is("SC", "H") || Is("SI", "H") || Is("SA", "H") ? 1 : 2;
        var eq5 = value("E") switch { "A" => 0, "P" => 1, _ => 2 };
        var eq6 = (Is("CR", "H") && Is("VC", "H")) || (Is("IR", "H") && Is("VI", "H")) || (Is("AR", "H") && Is("VA", "H")) ? 0 : 1;
        return new MacroVector(eq1, eq2, eq3, eq4, eq5, eq6);
    }

    /// <summary>For each class: the rows one step down, and how far (0 to 1) the vector lies on the way to them.</summary>
    internal IEnumerable<(IReadOnlyList<string> Lower, decimal Distance)> Neighbours(Func<string, string> value)
    {
        yield return ([(this with { Eq1 = Eq1 + 1 }).Key], Eq1Classes[Eq1].Distance(value));
        yield return ([(this with { Eq2 = Eq2 + 1 }).Key], Eq2Classes[Eq2].Distance(value));
        yield return (BelowEq3Eq6(), Eq3Eq6Classes[(Eq3, Eq6)].Distance(value));
        yield return ([(this with { Eq4 = Eq4 + 1 }).Key], Eq4Classes[Eq4].Distance(value));
        yield return ([(this with { Eq5 = Eq5 + 1 }).Key], 0m);
    }

    private string[] BelowEq3Eq6() => (Eq3, Eq6) switch
    {
        (0, 0) => [(this with { Eq6 = 1 }).Key, (this with { Eq3 = 1 }).Key],
        (1, 0) => [(this with { Eq6 = 1 }).Key],
        _ => [(this with { Eq3 = Eq3 + 1 }).Key],
    };

    /// <summary>One level of an equivalence class: how many steps it is deep, and its most severe vectors.</summary>
    private sealed record EquivalenceClass(int Depth, params string[] Highest)
    {
        /// <summary>Steps from the first highest vector that is at least as severe in every metric, as a share of the depth.</summary>
        internal decimal Distance(Func<string, string> value)
        {
            foreach (var highest in Highest)
            {
                var steps = highest.Split(' ').Select(each => Steps(each, value)).ToList();
                if (steps.TrueForAll(static each => each >= 0)) return (decimal)steps.Sum() / Depth;
            }

            throw new InvalidOperationException("No highest vector of its own class covers the vector.");
        }

        private static int Steps(string metricAndValue, Func<string, string> value)
        {
            var (metric, highest) = (metricAndValue[..2], metricAndValue[3]);
            return Levels[metric].IndexOf(value(metric)[0], StringComparison.Ordinal) - Levels[metric].IndexOf(highest, StringComparison.Ordinal);
        }
    }
}
