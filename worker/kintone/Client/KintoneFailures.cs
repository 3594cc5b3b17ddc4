using System.Net;
using System.Net.Sockets;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using VulnDiag.Model;

namespace VulnDiag.Kintone.Client;

/// <summary>Turns what came back instead of an answer into a <see cref="KintoneException"/>.</summary>
/// <remarks>Source: RULES.md "Errors" and "Limits": branch on the HTTP status first, on the code second; 503 has a text body; some 4xx were 520 once.</remarks>
internal static class KintoneFailures
{
    private const HttpStatusCode FormerClientError = (HttpStatusCode)520;
    private static readonly HashSet<string> PassingCodes = ["GAIA_DA02", "GAIA_RE18", "GAIA_LT01"];

    private static readonly HashSet<SocketError> BeforeAnythingWasSent =
        [SocketError.ConnectionRefused, SocketError.HostNotFound, SocketError.HostUnreachable, SocketError.NetworkUnreachable];

    /// <summary>An answer with a status other than 2xx.</summary>
    internal static KintoneException Refused(string what, HttpStatusCode status, string content)
    {
        if ((int)status is >= 300 and < 400)
        {
            return new KintoneException($"{what}: kintone answered {(int)status}, a redirect; redirects are not followed. Check Kintone:Url.")
            {
                Status = status,
                NotDone = true,
            };
        }

        var body = TryRead(content);
        if (body is null || Words(body, out var failedRequest) is not { } words)
        {
            return new KintoneException($"{what}: kintone answered {(int)status} without an error of its own{Excerpt(content)}.")
            {
                Status = status,
                Transient = IsPassing(status, ""),
                NotDone = IsNotDone(status, ""),
            };
        }

        var code = Text(words["code"]);
        var errors = Errors(words["errors"]);
        var details = string.Concat(errors.Select(static error => $" {error.Key}: {string.Join(' ', error.Value)}"));
        return new KintoneException($"{what}: kintone answered {(int)status} {code}: {Text(words["message"])}{details} (id {Text(words["id"])})")
        {
            Status = status,
            Code = code,
            Id = Text(words["id"]),
            Errors = errors,
            FailedRequest = failedRequest,
            Transient = IsPassing(status, code),
            NotDone = IsNotDone(status, code),
        };
    }

    /// <summary>A 2xx answer that is no JSON object: a login page, a proxy's page.</summary>
    internal static KintoneException NotJson(string what, HttpStatusCode status, string content) =>
        new($"{what}: kintone answered {(int)status} with text that is not JSON{Excerpt(content)}. Is there a proxy or a sign-in page in between?") { Status = status };

    /// <summary>No answer at all.</summary>
    internal static KintoneException NoAnswer(string what, Exception? cause, bool timedOut) =>
        new($"{what}: {(timedOut ? "kintone did not answer in time" : $"the connection to kintone failed ({Reason(cause)})")}.", cause)
        {
            Transient = true,
            NotDone = !timedOut && NeverConnected(cause),
        };

    private static bool IsPassing(HttpStatusCode status, string code) =>
        PassingCodes.Contains(code) || status == HttpStatusCode.TooManyRequests
        || ((int)status >= 500 && !(status == FormerClientError && code.Length > 0));

    private static bool IsNotDone(HttpStatusCode status, string code) =>
        PassingCodes.Contains(code) || (int)status < 500 || status == HttpStatusCode.ServiceUnavailable;

    private static bool NeverConnected(Exception? cause)
    {
        for (var each = cause; each is not null; each = each.InnerException)
        {
            if (each is SocketException socket && BeforeAnythingWasSent.Contains(socket.SocketErrorCode)) return true;
        }

        return false;
    }

    private static string Reason(Exception? cause)
    {
        while (cause?.InnerException is { } inner) cause = inner;
        return cause is null ? "no reason given" : cause.Message;
    }

    // A failed bulkRequest answers a list in which only the failed request has words.
    private static JObject? Words(JObject body, out int? failedRequest)
    {
        failedRequest = null;
        if (body["code"] is not null) return body;
        if (body["results"] is not JArray results) return null;
        for (var index = 0; index < results.Count; index++)
        {
            if (results[index] is not JObject result || result["code"] is null) continue;
            failedRequest = index;
            return result;
        }

        return null;
    }

    private static Dictionary<string, IReadOnlyList<string>> Errors(JToken? errors)
    {
        var read = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (errors is not JObject paths) return read;
        foreach (var path in paths.Properties())
        {
            if (path.Value is JObject { } value && value["messages"] is JArray messages) read[path.Name] = [.. messages.Select(Text)];
        }

        return read;
    }

    private static JObject? TryRead(string content)
    {
        try
        {
            return Json.ReadObject(content);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JToken? token) => token is JValue { Value: { } value } ? Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)! : "";

    private static string Excerpt(string content)
    {
        var line = string.Join(' ', content.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? "" : $": \"{(line.Length > 120 ? line[..120] + "…" : line)}\"";
    }
}
