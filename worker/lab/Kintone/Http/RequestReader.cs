using System.Text;
using Microsoft.AspNetCore.Http;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;

namespace VulnDiag.Lab.Kintone.Http;

/// <summary>Reads what a request asks: its method, also when it is overridden, and its parameters, from the query string or a JSON body.</summary>
internal static class RequestReader
{
    private const string OverrideHeader = "X-HTTP-Method-Override";

    /// <summary>The method. A POST may stand for another one, written in upper case.</summary>
    public static string Method(HttpRequest request)
    {
        if (request.Method != "POST") return request.Method;
        var other = request.Headers[OverrideHeader].ToString();
        return other is "GET" or "PUT" or "DELETE" ? other : "POST";
    }

    /// <summary>The parameters: those of the query string, and over them those of the body.</summary>
    /// <exception cref="Refusal">The body is no JSON object, or announced and missing.</exception>
    public static async Task<Parameters> ParametersAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var values = QueryStringReader.Read(request.Query);
        using var reader = new StreamReader(request.Body, new UTF8Encoding(false, throwOnInvalidBytes: true));
        var body = await ReadAsync(reader, cancellationToken);
        if (body.Length == 0)
        {
            // kintone refuses a request that says it has JSON and has none.
            var announced = request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) ?? false;
            return announced ? throw Refusals.IllegalRequest() : new Parameters(values);
        }

        foreach (var (name, value) in Parse(body)) values[name] = value;
        return new Parameters(values);
    }

    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            throw Refusals.BrokenJson();
        }
    }

    private static JObject Parse(string body)
    {
        try
        {
            return LabJson.Parse(body) as JObject ?? throw Refusals.BrokenJson();
        }
        catch (JsonException)
        {
            throw Refusals.BrokenJson();
        }
    }
}
