using System.Globalization;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Client;

/// <summary>Reads kintone's answers, where ids, revisions and counts come as text or as numbers.</summary>
internal static class Answers
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>The property, which must be there.</summary>
    /// <exception cref="KintoneException">It is not: this is not the answer that kintone describes.</exception>
    internal static T Required<T>(this JObject answer, string property)
        where T : JToken => answer[property] as T ?? throw Unexpected(property);

    /// <summary>A whole number.</summary>
    /// <exception cref="KintoneException">There is none.</exception>
    internal static long Number(this JObject answer, string property) => TryNumber(answer[property]) ?? throw Unexpected(property);

    /// <summary>A whole number.</summary>
    /// <exception cref="KintoneException">It is none.</exception>
    internal static long AsNumber(this JToken? token) => TryNumber(token) ?? throw Unexpected(token?.Path ?? "a number");

    /// <summary><c>$id</c> of a record.</summary>
    /// <exception cref="KintoneException">The record has none.</exception>
    internal static long RecordId(this JObject record) => TryNumber((record["$id"] as JObject)?["value"]) ?? throw Unexpected("$id");

    /// <summary><c>$revision</c> of a record.</summary>
    /// <exception cref="KintoneException">The record has none.</exception>
    internal static long RecordRevision(this JObject record) => TryNumber((record["$revision"] as JObject)?["value"]) ?? throw Unexpected("$revision");

    private static long? TryNumber(JToken? token) =>
        token is JValue { Value: { } value } && long.TryParse(Convert.ToString(value, Invariant), NumberStyles.AllowLeadingSign, Invariant, out var number)
            ? number
            : null;

    private static KintoneException Unexpected(string property) => new($"kintone's answer lacks '{property}': this is not the answer that its documentation describes.");
}
