using System.Collections.Concurrent;

namespace VulnDiag.VulnDb.Versions;

/// <summary>
/// Upstream versions: numbers between any separators, words for what comes before a release (alpha, beta, rc), any other letters for what comes after (p1, b, R2).
/// </summary>
/// <remarks>
/// A total preorder: parts are compared one by one over sequences that go on with zeros for ever, so that 2.4 and 2.4.0 are one.
/// It holds for OpenSSH (9.2p1), OpenSSL and ProFTPD letters (1.0.2k, 1.3.5b), Exim (4.90_1), ASA (9.8(2)20), Yamaha (rev.8.00.95) and Ivanti (22.7R2.5).
/// </remarks>
internal sealed class GeneralScheme : IVersionScheme
{
    private const int CacheLimit = 100_000;

    private static readonly Dictionary<string, int> BeforeRelease = new(StringComparer.Ordinal)
    {
        ["dev"] = 0, ["snapshot"] = 0, ["nightly"] = 0, ["test"] = 0, ["alpha"] = 1, ["prebeta"] = 1, ["beta"] = 2, ["m"] = 2, ["milestone"] = 2,
        ["pre"] = 3, ["preview"] = 3, ["rc"] = 4, ["cr"] = 4,
    };

    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.Ordinal) { ["pl"] = "p", ["patch"] = "p" };

    // The last two are QNAP's marks of its lines: h5.1.0, c5.1.0.
    private static readonly HashSet<string> LeadingWords = new(["v", "rev", "ver", "version", "release", "h", "c"], StringComparer.Ordinal);

    // Say that it is the release itself, neither before nor after it.
    private static readonly HashSet<string> ReleaseWords = new(["final", "ga", "release"], StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, VersionPart[]> cache = new(StringComparer.Ordinal);

    public string Id => "general";

    public int Compare(string? x, string? y)
    {
        var (left, right) = (Parts(x ?? ""), Parts(y ?? ""));
        for (var at = 0; at < Math.Max(left.Length, right.Length); at++)
        {
            var order = At(left, at).CompareTo(At(right, at));
            if (order != 0) return order;
        }

        return 0;
    }

    private static VersionPart At(VersionPart[] parts, int at) => at < parts.Length ? parts[at] : VersionPart.Zero;

    private VersionPart[] Parts(string version)
    {
        if (cache.TryGetValue(version, out var known)) return known;
        var parts = Read(version.ToLowerInvariant()).ToArray();
        if (cache.Count < CacheLimit) cache.TryAdd(version, parts);
        return parts;
    }

    private static IEnumerable<VersionPart> Read(string text)
    {
        var first = true;
        for (var at = 0; at < text.Length;)
        {
            if (char.IsAsciiDigit(text[at]))
            {
                var end = End(text, at, char.IsAsciiDigit);
                yield return VersionPart.OfNumber(text.AsSpan(at, end - at));
                at = end;
                first = false;
            }
            else if (char.IsAsciiLetter(text[at]))
            {
                var end = End(text, at, char.IsAsciiLetter);
                var word = text[at..end];
                if (!ReleaseWords.Contains(word) && (!first || !LeadingWords.Contains(word))) yield return OfWord(word, beforeDigit: end < text.Length && char.IsAsciiDigit(text[end]));
                at = end;
                first = false;
            }
            else
            {
                at++;
            }
        }
    }

    /// <summary>A lone a or b with a number is alpha or beta (9.3.0b2); without one it is a letter release (1.3.5b).</summary>
    private static VersionPart OfWord(string word, bool beforeDigit)
    {
        if (word is "a" or "b" && beforeDigit) return VersionPart.OfBeforeRelease(word == "a" ? 1 : 2);
        return BeforeRelease.TryGetValue(word, out var rank) && (word != "m" || beforeDigit)
            ? VersionPart.OfBeforeRelease(rank)
            : VersionPart.OfLetters(Synonyms.GetValueOrDefault(word, word));
    }

    private static int End(string text, int start, Func<char, bool> belongs)
    {
        var end = start;
        while (end < text.Length && belongs(text[end])) end++;
        return end;
    }
}
