using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

namespace VulnDiag.Lab.Kintone;

/// <summary>The emulator's own JSON setting: no date guessing, decimals, a depth limit. It shares nothing with the client's.</summary>
internal static class LabJson
{
    private const int MaxDepth = 64;

    private static readonly JsonSerializerSettings Settings = new()
    {
        ContractResolver = new DefaultContractResolver { NamingStrategy = new CamelCaseNamingStrategy { ProcessDictionaryKeys = false } },
        DateParseHandling = DateParseHandling.None,
        FloatParseHandling = FloatParseHandling.Decimal,
        NullValueHandling = NullValueHandling.Include,
        TypeNameHandling = TypeNameHandling.None,
        MetadataPropertyHandling = MetadataPropertyHandling.Ignore,
        MaxDepth = MaxDepth,
        Culture = CultureInfo.InvariantCulture,
    };

    /// <summary>Writes a token or document on one line.</summary>
    public static string Write(object? value) => JsonConvert.SerializeObject(value, Formatting.None, Settings);

    /// <summary>Reads a document.</summary>
    public static T Read<T>(string text) =>
        JsonConvert.DeserializeObject<T>(text, Settings) ?? throw new JsonSerializationException("The JSON text holds nothing.");

    /// <summary>Reads any JSON text, whole: nothing may follow the value.</summary>
    /// <exception cref="JsonException">The text is not JSON, or too deep.</exception>
    public static JToken Parse(string text)
    {
        using var reader = new JsonTextReader(new StringReader(text))
        {
            DateParseHandling = DateParseHandling.None,
            FloatParseHandling = FloatParseHandling.Decimal,
            MaxDepth = MaxDepth,
            Culture = CultureInfo.InvariantCulture,
        };
        var token = JToken.ReadFrom(reader);
        while (reader.Read())
            if (reader.TokenType != JsonToken.Comment) throw new JsonReaderException("Text follows the JSON value.");
        return token;
    }
}
