using Newtonsoft.Json;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Backdoors;

/// <summary>The version is one that was once handed out with a backdoor in it (backdoored-versions.json). The backdoor is never tried.</summary>
internal sealed class BackdooredVersionCheck : ICheck
{
    private static readonly IReadOnlyList<BackdooredVersion> Rows =
        Json.Read<IReadOnlyList<BackdooredVersion>>(EmbeddedData.Text("Checks.Data.backdoored-versions.json"));

    public string Id => "backdoored-version";

    public bool AppliesTo(PortResult port) => Rows.Any(row => row.Product == port.Product);

    public CheckOutcome Judge(CheckFacts facts)
    {
        if (facts.Port.Version is not { } version) return CheckOutcome.CannotTell("The product's version was not read.");
        return Rows.FirstOrDefault(row => row.Product == facts.Port.Product && row.Versions.Contains(version)) is { } row
            ? CheckOutcome.Positive(Evidence.Of($"{row.Product} {version}: {row.Reference}"), row.Qod)
            : CheckOutcome.Negative();
    }

    /// <summary>A row of backdoored-versions.json.</summary>
    internal sealed record BackdooredVersion
    {
        [JsonProperty(Required = Required.Always)]
        public required string Product { get; init; }

        [JsonProperty(Required = Required.Always)]
        public required IReadOnlyList<string> Versions { get; init; }

        /// <summary>CVE or advisory.</summary>
        [JsonProperty(Required = Required.Always)]
        public required string Reference { get; init; }

        /// <summary>Low where clean copies of the version are about as well.</summary>
        [JsonProperty(Required = Required.Always)]
        public required int Qod { get; init; }

        [JsonProperty(Required = Required.Always)]
        public required string Source { get; init; }
    }
}
