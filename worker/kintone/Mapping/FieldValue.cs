using System.Globalization;
using Newtonsoft.Json.Linq;
using VulnDiag.Domain.Facts;
using VulnDiag.Kintone.Client;

namespace VulnDiag.Kintone.Mapping;

/// <summary>Writes typed values the way kintone stores them, so that what is written equals what is read back.</summary>
internal static class FieldValue
{
    /// <summary>A single-line text: line breaks and other control characters become spaces.</summary>
    internal static JToken Line(string text) => new JValue(string.Concat(text.Select(static character => char.IsControl(character) ? ' ' : character)));

    /// <summary>A multi-line text, with plain line breaks.</summary>
    internal static JToken Lines(string text) => new JValue(text.ReplaceLineEndings("\n"));

    /// <summary>A number, or blank.</summary>
    internal static JToken Number(decimal? number) => new JValue(number?.ToString("0.############################", CultureInfo.InvariantCulture) ?? "");

    /// <summary>A time, or blank. kintone drops the seconds, so they are dropped here. Source: RULES.md "Records".</summary>
    internal static JToken Time(DateTimeOffset? time) =>
        new JValue(time is { } value ? KintoneQuery.Time(new DateTimeOffset(value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero)) : "");

    /// <summary>A time kept whole, in a text field.</summary>
    internal static JToken ExactTime(DateTimeOffset? time) => new JValue(time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "");

    /// <summary>A date, or blank.</summary>
    internal static JToken Date(DateOnly? date) => new JValue(date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "");

    /// <summary>The word of an enum's value, or blank.</summary>
    internal static JToken Word<T>(T? value)
        where T : struct, Enum => new JValue(value is { } some ? Words.Of(some) : "");

    /// <summary>A check box with one choice.</summary>
    internal static JToken Tick(string set, bool ticked) => ticked ? new JArray(Words.Of(set, "Yes")) : new JArray();

    /// <summary>Users by login name.</summary>
    internal static JToken Users(IEnumerable<string> logins) => new JArray(logins.Select(static login => new JObject { ["code"] = login }));

    /// <summary>Files by key: existing ones are kept by naming them, what is not named is removed.</summary>
    internal static JToken Files(IEnumerable<AttachedFile> files) => new JArray(files.Select(static file => new JObject { ["fileKey"] = file.FileKey }));

    /// <summary>Puts a value under its field.</summary>
    internal static JObject Set<TField>(this JObject record, TField field, JToken value)
        where TField : struct, Enum
    {
        record[field.Code()] = new JObject { ["value"] = value };
        return record;
    }
}
