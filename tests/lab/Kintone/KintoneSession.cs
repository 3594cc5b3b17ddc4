using System.Net;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using VulnDiag.TestSupport;

namespace VulnDiag.Lab.Kintone;

/// <summary>What an answer said.</summary>
public sealed record Answer(HttpStatusCode Status, JObject Body, HttpResponseMessage Message)
{
    public string? Code => (string?)Body["code"];

    /// <summary>The messages under a path of <c>errors</c>.</summary>
    public IReadOnlyList<string> Errors(string path) =>
        [.. (Body["errors"]?[path]?["messages"] as JArray ?? []).Select(message => (string)message!)];
}

/// <summary>A user's path HTTP requests to the emulator.</summary>
public sealed class KintoneSession(Uri uri, string? user, string? password = null) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = uri };

    public Dictionary<string, string> Headers { get; } = [];

    public Task<Answer> Get(string resource, string query) => Send(HttpMethod.Get, $"{resource}.json?{query}", null);

    public Task<Answer> Post(string resource, object body) => Send(HttpMethod.Post, $"{resource}.json", body);

    public Task<Answer> Put(string resource, object body) => Send(HttpMethod.Put, $"{resource}.json", body);

    public Task<Answer> Delete(string resource, object body) => Send(HttpMethod.Delete, $"{resource}.json", body);

    public Task<Answer> Query(long app, string query, string more = "") => Get("records", $"app={app}&query={Uri.EscapeDataString(query)}{more}");

    /// <summary>The ids a query finds, in order.</summary>
    public async Task<IReadOnlyList<long>> Ids(long app, string query)
    {
        var answer = await Query(app, query, "&fields[0]=$id");
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body.ToString());
        return [.. answer.Body["records"]!.Select(record => (long)record["$id"]!["value"]!)];
    }

    public Task<string> Upload(string name, byte[] content, string contentType = "application/octet-stream") => Upload(name, new MemoryStream(content), contentType);

    public async Task<string> Upload(string name, Stream content, string contentType = "application/octet-stream")
    {
        using var form = new MultipartFormDataContent("plain-boundary") { HeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        var part = new StreamContent(content);
        part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"{name}\"");
        part.Headers.TryAddWithoutValidation("Content-Type", contentType);
        form.Add(part);
        using var request = Request(HttpMethod.Post, "file.json");
        request.Content = form;
        var answer = await Read(await _http.SendAsync(request));
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body.ToString());
        return (string)answer.Body["fileKey"]!;
    }

    public async Task<HttpResponseMessage> Download(string fileKey, HttpCompletionOption until = HttpCompletionOption.ResponseContentRead)
    {
        using var request = Request(HttpMethod.Get, "file.json?fileKey=" + fileKey);
        return await _http.SendAsync(request, until);
    }

    public async Task<Answer> Send(HttpMethod method, string path, object? body)
    {
        using var request = Request(method, path);
        var text = body as string ?? JsonConvert.SerializeObject(body);
        if (body is not null) request.Content = new StringContent(text, Encoding.UTF8, "application/json");
        var answer = await Read(await _http.SendAsync(request));
        if (answer.Status == HttpStatusCode.OK && !request.Headers.Contains("X-HTTP-Method-Override"))
            CheckDescription(method.Method, request.RequestUri!.AbsolutePath, body is null ? null : JObject.Parse(text), answer.Body);
        return answer;
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : "k/v1/" + path);
        if (user is not null) request.Headers.Add("X-Cybozu-Authorization", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password ?? user}")));
        foreach (var (name, value) in Headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    /// <summary>Every request that was accepted, and its answer, must fit kintone's own description, where that is at hand.</summary>
    private static void CheckDescription(string method, string path, JObject? request, JObject answer)
    {
        if (OpenApiDescription.OfKintoneIfThere() is not { } description) return;
        if (request is not null) description.FaultsOfRequest(method, path, request).ShouldBeEmpty($"request {method} {path} {request}");
        description.FaultsOfAnswer(method, path, answer).ShouldBeEmpty($"answer to {method} {path} {answer}");
    }

    private static async Task<Answer> Read(HttpResponseMessage message)
    {
        var text = await message.Content.ReadAsStringAsync();
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
        return new Answer(message.StatusCode, JObject.Load(reader), message);
    }
}
