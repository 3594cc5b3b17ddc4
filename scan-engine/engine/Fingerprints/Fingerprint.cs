using Newtonsoft.Json;

namespace VulnDiag.Engine.Fingerprints;

/// <summary>One file of Data: fingerprints of one kind of answer.</summary>
internal sealed record FingerprintFile
{
    /// <summary>What the patterns are matched against, such as <c>ssh.banner</c>; the probe names it.</summary>
    [JsonProperty(Required = Required.Always)]
    public required string Matches { get; init; }

    /// <summary>Where the patterns' knowledge comes from.</summary>
    [JsonProperty(Required = Required.Always)]
    public required string Source { get; init; }

    /// <summary>Day on which the source was read.</summary>
    [JsonProperty(Required = Required.Always)]
    public required string Date { get; init; }

    /// <summary>First match wins, in this order.</summary>
    [JsonProperty(Required = Required.Always)]
    public required IReadOnlyList<Fingerprint> Entries { get; init; }
}

/// <summary>One pattern and what it says.</summary>
internal sealed record Fingerprint
{
    /// <summary>Unique over all files.</summary>
    [JsonProperty(Required = Required.Always)]
    public required string Id { get; init; }

    /// <summary>Regular expression without look-around or back-references: it is matched in linear time.</summary>
    [JsonProperty(Required = Required.Always)]
    public required string Pattern { get; init; }

    /// <summary>True when upper and lower case are one.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>IANA or nmap service name.</summary>
    [JsonProperty(Required = Required.Always)]
    public required string Service { get; init; }

    /// <summary>Product's name; may hold <c>${group}</c>.</summary>
    public string? Product { get; init; }

    /// <summary>Upstream version; may hold <c>${group}</c>; null when a group it names is empty.</summary>
    public string? Version { get; init; }

    /// <summary>What else is said; as <see cref="Version"/>.</summary>
    public string? Info { get; init; }

    /// <summary>CPE 2.3 templates; a component whose group is empty becomes <c>*</c>.</summary>
    public IReadOnlyList<string> Cpe { get; init; } = [];

    /// <summary>0 to 100.</summary>
    public int Confidence { get; init; } = 95;

    /// <summary>Path of a page of the same server that tells its version, or null. Only of products whose makers document the page as open to all.</summary>
    public string? Ask { get; init; }

    /// <summary>Facts for the checks; values as <see cref="Version"/>, left out when null.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Answers that this entry, and no earlier one, matches, with what must come out.</summary>
    [JsonProperty(Required = Required.Always)]
    public required IReadOnlyList<FingerprintExample> Examples { get; init; }
}

/// <summary>An answer as servers send it, and what is read from it.</summary>
internal sealed record FingerprintExample
{
    /// <summary>The answer.</summary>
    [JsonProperty(Required = Required.Always)]
    public required string Text { get; init; }

    /// <summary>Expected product; null when the entry's own stands.</summary>
    public string? Product { get; init; }

    /// <summary>Expected version, or null when none is to be read.</summary>
    public string? Version { get; init; }

    /// <summary>Expected further information, or null when none is to be read.</summary>
    public string? Info { get; init; }

    /// <summary>Expected first CPE name, where it matters.</summary>
    public string? Cpe { get; init; }
}
