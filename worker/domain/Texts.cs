using System.Globalization;
using VulnDiag.Domain.Data;

namespace VulnDiag.Domain;

/// <summary>The domain's own Japanese sentences, by key.</summary>
internal static class Texts
{
    private static readonly Dictionary<string, string> Rows =
        EmbeddedCsv.Rows("texts.ja.csv").ToDictionary(static row => row["key"], static row => row["text"], StringComparer.Ordinal);

    internal static string Of(string key, params object[] values) =>
        string.Format(CultureInfo.InvariantCulture, Rows[key], values);
}
