using System.Globalization;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Records;

/// <summary>Finds records by the value of one field: numbers by value, all else by letter. Empty values are not found.</summary>
internal static class ValueLookup
{
    /// <summary>The records of an app that hold <paramref name="value"/>, lowest id first.</summary>
    public static IEnumerable<RecordDocument> Find(Tenant tenant, long app, Field field, JToken value)
    {
        Func<JToken?, string?> keyOf = field.Type.Family == ValueFamily.Number ? NumberKey : TextKey;
        if (keyOf(value) is not { } key) return [];
        var ids = field.Type is RecordNumberType ? RecordId(key) : tenant.Records.Find(app, field.Code, keyOf, key);
        return ids.Select(id => tenant.Records.Find(Keys.Of(app, id))).OfType<RecordDocument>();
    }

    private static IReadOnlyCollection<long> RecordId(string key) =>
        long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? [id] : [];

    private static string? TextKey(JToken? stored) => stored is JValue && (string?)stored is { Length: > 0 } text ? text : null;

    // Divided by one with many places, a decimal loses its trailing zeros: 1.50 and 1.5 are the same key.
    private static string? NumberKey(JToken? stored) => stored is JValue && Scalar.TryDecimal((string?)stored, out var number)
        ? (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)
        : null;
}
