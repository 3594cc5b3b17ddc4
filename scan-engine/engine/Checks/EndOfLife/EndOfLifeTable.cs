using Newtonsoft.Json;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.EndOfLife;

/// <summary>When the makers' support of product lines ends.</summary>
internal sealed class EndOfLifeTable(IEnumerable<EndOfLifeTable.ProductLines> products)
{
    private readonly Dictionary<string, ProductLines> _byProduct = products.ToDictionary(static product => product.Product, StringComparer.Ordinal);

    /// <summary>The table that comes with the product.</summary>
    public static EndOfLifeTable Shipped { get; } = new(Read());

    /// <summary>True when the table has dates for the product, by the name that fingerprints give it.</summary>
    public bool Knows(string product) => _byProduct.ContainsKey(product);

    /// <summary>The line that a version belongs to: the longest whose numbers it starts with.</summary>
    /// <returns>Null when none does.</returns>
    public Line? Find(string product, string version) => _byProduct.GetValueOrDefault(product)?.Lines
        .Where(line => version == line.Cycle || version.StartsWith(line.Cycle + ".", StringComparison.Ordinal))
        .MaxBy(static line => line.Cycle.Length);

    /// <summary>The rows, for tests.</summary>
    internal static IReadOnlyList<ProductLines> Read() => Json.Read<IReadOnlyList<ProductLines>>(EmbeddedData.Text("Checks.Data.end-of-life.json"));

    /// <summary>One product.</summary>
    internal sealed record ProductLines
    {
        [JsonProperty(Required = Required.Always)]
        public required string Product { get; init; }

        /// <summary>The maker's page.</summary>
        [JsonProperty(Required = Required.Always)]
        public required string Source { get; init; }

        /// <summary>Day on which the source's dates were put down.</summary>
        [JsonProperty(Required = Required.Always)]
        public required DateOnly Date { get; init; }

        [JsonProperty(Required = Required.Always)]
        public required IReadOnlyList<Line> Lines { get; init; }
    }

    /// <summary>One line of versions.</summary>
    /// <param name="Cycle">First numbers of its versions.</param>
    /// <param name="End">Last day with security updates; null while the maker has named none.</param>
    internal sealed record Line(string Cycle, DateOnly? End);
}
