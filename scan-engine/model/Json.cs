using System.Globalization;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

namespace VulnDiag.Model;

/// <summary>The one JSON setting of the product: camelCase, decimals, no date guessing, no type names, a depth limit.</summary>
public static class Json
{
    private const int MaxDepth = 64;

    /// <summary>Serialises <paramref name="value"/> on one line.</summary>
    public static string Write(object? value) => JsonConvert.SerializeObject(value, Formatting.None, Settings());

    /// <summary>Serialises <paramref name="value"/> with two-space indentation and a final line break.</summary>
    public static string WriteIndented(object? value) =>
        JsonConvert.SerializeObject(value, Formatting.Indented, Settings()).ReplaceLineEndings("\n") + "\n";

    /// <summary>Reads a value of type <typeparamref name="T"/>.</summary>
    /// <exception cref="JsonException">The text is not JSON, is too deep, or does not fit the type.</exception>
    public static T Read<T>(string text) =>
        JsonConvert.DeserializeObject<T>(text, Settings()) ?? throw new JsonSerializationException("The JSON text holds nothing.");

    /// <summary>Reads a JSON object without binding it to a type.</summary>
    /// <exception cref="JsonException">The text is not a JSON object or is too deep.</exception>
    public static JObject ReadObject(string text)
    {
        using var reader = Reader(new StringReader(text));
        return JObject.Load(reader);
    }

    /// <summary>A reader over <paramref name="text"/> with the product's settings, for streams too large to bind at once.</summary>
    public static JsonTextReader Reader(TextReader text) => new(text)
    {
        DateParseHandling = DateParseHandling.None,
        FloatParseHandling = FloatParseHandling.Decimal,
        MaxDepth = MaxDepth,
        Culture = CultureInfo.InvariantCulture,
    };

    /// <summary>A serializer with the product's settings, for use with <see cref="Reader"/>.</summary>
    public static JsonSerializer Serializer() => JsonSerializer.Create(Settings());

    /// <summary>UTF-8 without a byte order mark.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private static JsonSerializerSettings Settings() => new()
    {
        ContractResolver = new CamelCasePropertyNamesContractResolver { NamingStrategy = new CamelCaseNamingStrategy { ProcessDictionaryKeys = false } },
        Converters = { new StringEnumConverter(new CamelCaseNamingStrategy()) },
        DateParseHandling = DateParseHandling.None,
        DateFormatHandling = DateFormatHandling.IsoDateFormat,
        FloatParseHandling = FloatParseHandling.Decimal,
        TypeNameHandling = TypeNameHandling.None,
        MetadataPropertyHandling = MetadataPropertyHandling.Ignore,
        MaxDepth = MaxDepth,
        Culture = CultureInfo.InvariantCulture,
    };
}
