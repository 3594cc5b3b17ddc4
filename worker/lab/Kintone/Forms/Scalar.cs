using System.Globalization;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>Reading of JSON scalars, which kintone takes as text or as numbers.</summary>
internal static class Scalar
{
    /// <summary>The token as text; empty for null or nothing; null for an array or an object.</summary>
    public static string? Text(JToken? token) => token switch
    {
        null => "",
        JValue { Value: null } => "",
        JValue { Value: bool flag } => flag ? "true" : "false",
        JValue value => Convert.ToString(value.Value, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>The token as a whole number; null when it is none.</summary>
    public static long? Whole(JToken? token) =>
        long.TryParse(Text(token), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The text as a decimal number, exponents allowed.</summary>
    public static bool TryDecimal(string? text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number);
}
