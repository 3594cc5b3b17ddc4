using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Fingerprints;

/// <summary>Recognises answers by the data files. Data match and describe; they never send.</summary>
/// <remarks>Thread-safe. Patterns run in linear time, so a hostile answer cannot stall a scan.</remarks>
internal sealed class FingerprintCatalogue
{
    private const int MaxMatchedLength = 16 * 1024;
    private readonly Dictionary<string, Lazy<IReadOnlyList<Entry>>> _byKind;

    /// <summary>Takes the files' entries. The patterns of a kind are built when it is first asked for: building all takes seconds.</summary>
    public FingerprintCatalogue(IEnumerable<FingerprintFile> files) => _byKind = files
        .GroupBy(static file => file.Matches, StringComparer.Ordinal)
        .ToDictionary(
            static kind => kind.Key,
            static kind => new Lazy<IReadOnlyList<Entry>>(() => [.. kind.SelectMany(static file => file.Entries).Select(static entry => new Entry(entry, Compile(entry)))]),
            StringComparer.Ordinal);

    /// <summary>The fingerprints that come with the product.</summary>
    public static FingerprintCatalogue Shipped { get; } = new(ShippedFiles());

    /// <summary>What <paramref name="answer"/> says of its sender.</summary>
    /// <param name="kind">What the answer is, such as <c>ssh.banner</c>.</param>
    /// <param name="answer">The answer as text; bytes read as Latin-1.</param>
    /// <returns>Null when nothing matches.</returns>
    public Identification? Match(string kind, string answer)
    {
        if (FindEntry(kind, answer) is not var (entry, match)) return null;
        return new Identification
        {
            Service = entry.Service,
            Product = Template.Fill(entry.Product, match),
            Version = Template.Fill(entry.Version, match),
            Info = Template.Fill(entry.Info, match),
            Cpe = [.. entry.Cpe.Select(template => Template.FillCpe(template, match))],
            Confidence = entry.Confidence,
            MoreAt = entry.Ask,
            Facts = entry.Facts
                .Select(fact => (fact.Key, Value: Template.Fill(fact.Value, match)))
                .Where(static fact => fact.Value is not null)
                .ToDictionary(static fact => fact.Key, static fact => fact.Value!, StringComparer.Ordinal),
        };
    }

    /// <summary>The entry that matches first.</summary>
    internal (Fingerprint Entry, Match Match)? FindEntry(string kind, string answer)
    {
        if (!_byKind.TryGetValue(kind, out var entries)) return null;
        var text = answer.Length > MaxMatchedLength ? answer[..MaxMatchedLength] : answer;
        foreach (var (entry, pattern) in entries.Value)
        {
            var match = pattern.Match(text);
            if (match.Success) return (entry, match);
        }

        return null;
    }

    /// <summary>The data files as they are, for tests and for the list of versions.</summary>
    internal static IReadOnlyList<FingerprintFile> ShippedFiles() =>
        [.. EmbeddedData.Names("Fingerprints.Data", ".json").Select(static name => Json.Read<FingerprintFile>(EmbeddedData.Text(name)))];

    private static Regex Compile(Fingerprint entry) => new(
        entry.Pattern,
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (entry.IgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None));

    private readonly record struct Entry(Fingerprint Fingerprint, Regex Pattern);
}
