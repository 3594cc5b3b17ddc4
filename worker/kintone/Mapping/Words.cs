namespace VulnDiag.Kintone.Mapping;

/// <summary>The words of the apps' choices, read once from words.ja.csv.</summary>
internal static class Words
{
    private static readonly Dictionary<string, List<(string Value, string Word)>> Sets = EmbeddedTable.Rows("words.ja.csv")
        .GroupBy(static row => row.First, StringComparer.Ordinal)
        .ToDictionary(static set => set.Key, static set => set.Select(static row => (row.Second, row.Third)).ToList(), StringComparer.Ordinal);

    /// <summary>The word of a value in a set.</summary>
    internal static string Of(string set, string value) => Sets[set].Single(pair => pair.Value == value).Word;

    /// <summary>The word of a value, in the set of its type's name.</summary>
    internal static string Of<T>(T value)
        where T : struct, Enum => Of(typeof(T).Name, value.ToString());

    /// <summary>The value of a word in a set, or null when the set has no such word.</summary>
    internal static string? Find(string set, string word)
    {
        foreach (var pair in Sets[set])
        {
            if (pair.Word == word) return pair.Value;
        }

        return null;
    }

    /// <summary>The words of a set, in order.</summary>
    internal static IReadOnlyList<string> All(string set) => [.. Sets[set].Select(static pair => pair.Word)];
}
