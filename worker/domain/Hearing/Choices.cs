using VulnDiag.Domain.Data;

namespace VulnDiag.Domain.Hearing;

/// <summary>アカウント診断: 可 / 不可.</summary>
internal enum Permitted
{
    Yes,
    No,
}

/// <summary>静観対応: 依頼する / 依頼しない.</summary>
internal enum Requested
{
    Yes,
    No,
}

/// <summary>The words of the choice fields (choices.ja.csv), both ways.</summary>
public static class Choices
{
    private static readonly ILookup<string, (string Value, string Word)> Rows =
        EmbeddedCsv.Rows("Hearing.choices.ja.csv").ToLookup(static row => row["type"], static row => (row["value"], row["word"]));

    /// <summary>The value that <paramref name="text"/> names, or null. Width, case, spaces and the many dashes do not matter; another word is not guessed at.</summary>
    public static T? Read<T>(string text)
        where T : struct, Enum
    {
        var folded = TextFolding.Fold(text);
        foreach (var (value, word) in Rows[typeof(T).Name])
        {
            if (TextFolding.Fold(word) == folded) return Enum.Parse<T>(value);
        }

        return null;
    }

    /// <summary>The word of a value.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum =>
        Rows[typeof(T).Name].Single(row => row.Value == value.ToString()).Word;

    /// <summary>All words of a type, in order.</summary>
    public static IReadOnlyList<string> Words<T>()
        where T : struct, Enum =>
        [.. Rows[typeof(T).Name].Select(static row => row.Word)];
}
