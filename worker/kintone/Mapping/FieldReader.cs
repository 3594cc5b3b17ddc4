using System.Globalization;
using Newtonsoft.Json.Linq;
using VulnDiag.Domain.Facts;

namespace VulnDiag.Kintone.Mapping;

/// <summary>Reads typed values out of a record or a table row.</summary>
/// <param name="Values">Values by field code, each <c>{"type": …, "value": …}</c>.</param>
internal readonly record struct FieldReader<TField>(JObject Values)
    where TField : struct, Enum
{
    /// <summary>A text; empty when blank.</summary>
    internal string Text(TField field) => Value(field) is JValue { Value: string text } ? text : "";

    /// <summary>A whole number, or null when blank.</summary>
    internal long? Number(TField field) => Decimal(field) is { } number && decimal.Truncate(number) == number && Math.Abs(number) <= long.MaxValue ? (long)number : null;

    /// <summary>A number, or null when blank.</summary>
    internal decimal? Decimal(TField field) =>
        decimal.TryParse(Text(field), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A time, or null when blank.</summary>
    internal DateTimeOffset? Time(TField field) => ReadTime(Text(field));

    /// <summary>A date, or null when blank.</summary>
    internal DateOnly? Date(TField field) =>
        DateOnly.TryParseExact(Text(field), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>Ticked choices.</summary>
    internal IReadOnlyList<string> Choices(TField field) =>
        Value(field) is JArray choices ? [.. choices.OfType<JValue>().Select(static choice => choice.Value).OfType<string>()] : [];

    /// <summary>Login names.</summary>
    internal IReadOnlyList<string> Users(TField field) =>
        Value(field) is JArray users ? [.. users.OfType<JObject>().Select(static user => PlainText(user["code"])).Where(static code => code.Length > 0)] : [];

    /// <summary>Display names by login name.</summary>
    internal IEnumerable<KeyValuePair<string, string>> UserNames(TField field) =>
        Value(field) is JArray users ? [.. users.OfType<JObject>().Select(static user => KeyValuePair.Create(PlainText(user["code"]), PlainText(user["name"]))).Where(static user => user.Key.Length > 0 && user.Value.Length > 0)] : [];

    /// <summary>The login name of a creator or modifier.</summary>
    internal string User(TField field) => Value(field) is JObject user ? PlainText(user["code"]) : "";

    /// <summary>Attached files.</summary>
    internal IReadOnlyList<AttachedFile> Files(TField field) => Value(field) is JArray files ? [.. files.OfType<JObject>().Select(ReadFile)] : [];

    /// <summary>One of an enum's words, or null when blank.</summary>
    /// <exception cref="RecordShapeException">It is another word.</exception>
    internal T? Word<T>(TField field)
        where T : struct, Enum => Word<T>(field, typeof(T).Name);

    /// <summary>A word of one of the sets, or null when blank.</summary>
    /// <exception cref="RecordShapeException">It is another word.</exception>
    internal T? Word<T>(TField field, params ReadOnlySpan<string> sets)
        where T : struct, Enum
    {
        var word = Text(field);
        if (word.Length == 0) return null;
        foreach (var set in sets)
        {
            if (Words.Find(set, word) is { } value) return Enum.Parse<T>(value);
        }

        throw new RecordShapeException(field.Code(), "has a choice that is none of ours");
    }

    /// <summary>Rows of a table.</summary>
    internal IReadOnlyList<FieldReader<TField>> Rows(TField table) =>
        Value(table) is JArray rows ? [.. rows.Select(static row => (row as JObject)?["value"]).OfType<JObject>().Select(static row => new FieldReader<TField>(row))] : [];

    /// <summary>Reads a time in ISO 8601 with its offset; null when it is none.</summary>
    internal static DateTimeOffset? ReadTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private JToken? Value(TField field) => Values[field.Code()] is JObject value && value.TryGetValue("value", out var token)
        ? token
        : throw new RecordShapeException(field.Code(), "is missing");

    private static AttachedFile ReadFile(JObject file)
    {
        _ = long.TryParse(PlainText(file["size"]), NumberStyles.None, CultureInfo.InvariantCulture, out var size);
        return new AttachedFile(PlainText(file["fileKey"]), PlainText(file["name"]), size);
    }

    private static string PlainText(JToken? token) => token is JValue { Value: { } value } ? Convert.ToString(value, CultureInfo.InvariantCulture)! : "";
}
