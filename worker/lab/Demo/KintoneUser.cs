using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Demo;

/// <summary>A person at kintone: everything goes through the REST API under the person's own name and rights.</summary>
public sealed class KintoneUser : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>Signs in as <paramref name="name"/>.</summary>
    public KintoneUser(Uri kintone, string name, string password)
    {
        Name = name;
        _http = new HttpClient { BaseAddress = kintone, Timeout = TimeSpan.FromMinutes(1) };
        _http.DefaultRequestHeaders.Add("X-Cybozu-Authorization", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
        _http.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("ja"));
    }

    /// <summary>Login name.</summary>
    public string Name { get; }

    /// <summary>Records that this person may see, with the fields that this person may see.</summary>
    public async Task<IReadOnlyList<JObject>> QueryAsync(long app, string query, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Get, "records.json", new JObject { ["app"] = app, ["query"] = query }, cancellationToken);
        return [.. answer["records"]!.Cast<JObject>()];
    }

    /// <summary>Adds a record and returns its number.</summary>
    public async Task<long> AddAsync(long app, JObject record, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(HttpMethod.Post, "record.json", new JObject { ["app"] = app, ["record"] = record }, cancellationToken);
        return long.Parse((string)answer["id"]!, CultureInfo.InvariantCulture);
    }

    /// <summary>Changes fields of a record as it was read: false when somebody else was faster.</summary>
    public Task<bool> UpdateAsync(long app, JObject read, JObject fields, CancellationToken cancellationToken) =>
        UnlessOvertakenAsync(() => SendAsync(HttpMethod.Put, "record.json", new JObject
        {
            ["app"] = app,
            ["id"] = read.Id(),
            ["record"] = fields,
            ["revision"] = read.Revision(),
        }, cancellationToken));

    /// <summary>Presses a button of the process: false when somebody else was faster.</summary>
    public Task<bool> PressAsync(long app, JObject read, string action, CancellationToken cancellationToken) =>
        UnlessOvertakenAsync(() => SendAsync(HttpMethod.Put, "record/status.json", new JObject
        {
            ["app"] = app,
            ["id"] = read.Id(),
            ["action"] = action,
            ["revision"] = read.Revision(),
        }, cancellationToken));

    /// <summary>Downloads an attached file.</summary>
    public async Task<byte[]> DownloadAsync(string fileKey, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync($"/k/v1/file.json?fileKey={Uri.EscapeDataString(fileKey)}", cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static async Task<bool> UnlessOvertakenAsync(Func<Task<JObject>> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (KintoneRefusedException refusal) when (refusal.Code is "GAIA_CO02" or "GAIA_IL03" or "GAIA_NT01")
        {
            return false;
        }
    }

    private async Task<JObject> SendAsync(HttpMethod method, string path, JObject body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, "/k/v1/" + path)
        {
            Content = new StringContent(body.ToString(Formatting.None), Encoding.UTF8, "application/json"),
        };
        using var answer = await _http.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
        var json = await JObject.LoadAsync(reader, cancellationToken);
        return answer.StatusCode == HttpStatusCode.OK
            ? json
            : throw new KintoneRefusedException(Name, path, (int)answer.StatusCode, (string?)json["code"] ?? "", text);
    }
}

/// <summary>kintone refused what a person of the demo did: the scenario and the rights do not fit.</summary>
public sealed class KintoneRefusedException(string user, string path, int status, string code, string answer)
    : Exception($"{user}: {path} was refused with {status} {code}: {answer}")
{
    /// <summary>kintone's error code.</summary>
    public string Code { get; } = code;
}
