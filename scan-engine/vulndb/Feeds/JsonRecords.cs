using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using VulnDiag.Model;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>Reads the objects of a large JSON file one by one, never the whole.</summary>
internal static class JsonRecords
{
    /// <summary>The objects of the array <paramref name="property"/> of the outermost object.</summary>
    /// <exception cref="FeedException">The text is not JSON, or ends before its end.</exception>
    internal static IEnumerable<JObject> OfArray(TextReader text, string property)
    {
        using var json = Json.Reader(text);
        var found = false;
        while (Next(json))
        {
            if (json.Depth != 1 || json.TokenType != JsonToken.PropertyName) continue;
            var wanted = (string?)json.Value == property;
            if (!Next(json)) break;
            if (!wanted || json.TokenType != JsonToken.StartArray)
            {
                Skip(json);
                continue;
            }

            found = true;
            while (Next(json) && json.TokenType != JsonToken.EndArray)
            {
                if (Load(json) is JObject record) yield return record;
            }
        }

        if (!found) throw new FeedException($"The file has no list '{property}'.", new InvalidDataException(property));
    }

    /// <summary>The properties of the outermost object, one by one.</summary>
    /// <exception cref="FeedException">The text is not JSON, or ends before its end.</exception>
    internal static IEnumerable<JProperty> OfProperties(TextReader text)
    {
        using var json = Json.Reader(text);
        while (Next(json))
        {
            if (json.Depth != 1 || json.TokenType != JsonToken.PropertyName) continue;
            var name = (string)json.Value!;
            if (Next(json)) yield return new JProperty(name, Load(json));
        }
    }

    /// <summary>One object after the other, such as one a line; also a single one.</summary>
    /// <exception cref="FeedException">The text is not JSON, or ends before its end.</exception>
    internal static IEnumerable<JObject> OneAfterTheOther(TextReader text)
    {
        using var json = Json.Reader(text);
        json.SupportMultipleContent = true;
        while (Next(json))
        {
            if (Load(json) is JObject record) yield return record;
        }
    }

    /// <summary>False at the end of the text, which must not lie inside an object or a list.</summary>
    private static bool Next(JsonTextReader json) => Guard(json, () =>
    {
        if (json.Read()) return true;
        return json.Depth > 0 ? throw new InvalidDataException("it ends in the middle.") : false;
    });

    private static JToken Load(JsonTextReader json) => Guard(json, () => JToken.Load(json));

    private static void Skip(JsonTextReader json) => Guard(json, () =>
    {
        json.Skip();
        return true;
    });

    private static T Guard<T>(JsonTextReader json, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or IOException)
        {
            throw new FeedException($"The file is broken in line {json.LineNumber}: {exception.Message}", exception);
        }
    }
}
