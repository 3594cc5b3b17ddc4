namespace VulnDiag.VulnDb.Cvss;

/// <summary>The metrics of one vector: each known, each once.</summary>
/// <param name="Values">Value by metric, as in the vector.</param>
internal sealed record CvssMetrics(IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The value of a metric, or <paramref name="otherwise"/> where it is left out or not defined.</summary>
    internal string Get(string metric, string otherwise) =>
        Values.TryGetValue(metric, out var value) && value is not ("X" or "ND") ? value : otherwise;

    /// <summary>The value of a mandatory metric.</summary>
    internal string this[string metric] => Values[metric];

    /// <summary>True when one of <paramref name="metrics"/> is given with a value.</summary>
    internal bool HasAny(params IEnumerable<string> metrics) => metrics.Any(metric => Get(metric, "").Length > 0);

    /// <summary>Reads <c>AV:N/AC:L/…</c>. Order does not matter: the texts of v3 say so, those of v2 and v4.0 are not of one mind.</summary>
    /// <returns>Null when a metric or value is unknown, given twice, or a mandatory one is missing.</returns>
    internal static CvssMetrics? Parse(string text, CvssDefinition definition)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in text.Split('/'))
        {
            if (field.Split(':') is not [var metric, var value]) return null;
            if (!definition.Allows(metric, value) || !values.TryAdd(metric, value)) return null;
        }

        return definition.Mandatory.All(values.ContainsKey) ? new CvssMetrics(values) : null;
    }
}

/// <summary>Which metrics a version of CVSS has, and their values.</summary>
/// <param name="Mandatory">Base metrics.</param>
/// <param name="Allowed">Values by metric.</param>
internal sealed record CvssDefinition(IReadOnlyList<string> Mandatory, IReadOnlyDictionary<string, string[]> Allowed)
{
    internal bool Allows(string metric, string value) => Allowed.TryGetValue(metric, out var values) && values.Contains(value, StringComparer.Ordinal);

    /// <summary>Reads a definition such as <c>AV:N,A,L,P AC:L,H</c>; base metrics first.</summary>
    internal static CvssDefinition Of(string mandatory, string optional)
    {
        var metrics = Read(mandatory);
        return new CvssDefinition([.. metrics.Keys], metrics.Concat(Read(optional)).ToDictionary(StringComparer.Ordinal));
    }

    private static Dictionary<string, string[]> Read(string text) =>
        text.Split(' ').Select(static each => each.Split(':')).ToDictionary(static each => each[0], static each => each[1].Split(','), StringComparer.Ordinal);
}
