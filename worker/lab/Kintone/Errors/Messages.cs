using System.Globalization;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Kintone.Errors;

/// <summary>The emulator's sentences per language, from Data/messages.json.</summary>
internal static class Messages
{
    private const string Default = "ja";

    private static readonly string[] Languages = [Default, "en", "zh"];
    private static readonly JObject Texts = (JObject)LabData.Read("messages.json");

    /// <summary>The sentence in <paramref name="language"/> (<c>ja</c>, <c>en</c> or <c>zh</c>), its gaps filled.</summary>
    public static string Text(MessageId id, string language, IReadOnlyList<object> arguments)
    {
        var template = (string)Texts[id.ToString()]![language]!;
        return string.Format(CultureInfo.InvariantCulture, template, [.. arguments]);
    }

    /// <summary>The body of an error answer. In a bulk request the error stands among the <c>results</c>, the others empty.</summary>
    public static JObject Answer(Refusal refusal, string language)
    {
        var body = Body(refusal, language);
        if (refusal.BulkPosition is not { } position) return body;
        return new JObject { ["results"] = new JArray(Enumerable.Range(0, position.Count).Select(index => index == position.Index ? body : [])) };
    }

    /// <summary>The error itself. Its <c>id</c> is new each time.</summary>
    private static JObject Body(Refusal refusal, string language)
    {
        var body = new JObject
        {
            ["code"] = refusal.Code,
            ["id"] = Guid.NewGuid().ToString("N")[..20],
            ["message"] = Text(refusal.Sentence, language, refusal.Arguments),
        };
        if (refusal.Faults is not { } faults) return body;

        var errors = new JObject();
        foreach (var (path, message, arguments) in faults.All)
        {
            errors[path] ??= new JObject { ["messages"] = new JArray() };
            ((JArray)errors[path]!["messages"]!).Add(Text(message, language, arguments));
        }

        body["errors"] = errors;
        return body;
    }

    /// <summary>The language for an <c>Accept-Language</c> header: of ja, en and zh the one it likes best; Japanese without one, and for <c>*</c>.</summary>
    public static string Language(string? header)
    {
        if (!StringWithQualityHeaderValue.TryParseList([header ?? ""], out var wanted)) return Default;
        return wanted
            .OrderByDescending(tag => tag.Quality ?? 1)
            .Select(tag => Array.Find(Languages, language => IsIn(tag.Value, language)))
            .FirstOrDefault(language => language is not null) ?? Default;
    }

    private static bool IsIn(StringSegment tag, string language) =>
        tag.StartsWith(language, StringComparison.OrdinalIgnoreCase) && (tag.Length == language.Length || tag[language.Length] == '-');
}
