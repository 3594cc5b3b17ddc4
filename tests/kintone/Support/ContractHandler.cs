using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using VulnDiag.Model;
using VulnDiag.TestSupport;

namespace VulnDiag.Kintone.Support;

/// <summary>Checks every call that passes against kintone's own description.</summary>
internal sealed partial class ContractHandler(HttpMessageHandler inner, OpenApiDescription description) : DelegatingHandler(inner)
{
    public List<string> Faults { get; } = [];

    public HashSet<string> Seen { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var method = request.Headers.TryGetValues("X-HTTP-Method-Override", out var other) ? other.Single() : request.Method.Method;
        var path = request.RequestUri!.AbsolutePath;
        var isFile = path.EndsWith("/file.json", StringComparison.Ordinal);
        if (!isFile)
        {
            var parameters = request.Content is null ? Query(request.RequestUri) : Json.ReadObject(await request.Content.ReadAsStringAsync(cancellationToken));
            Keep($"{method} {path} request", description.FaultsOfRequest(method, path, parameters));
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (!isFile && response.IsSuccessStatusCode)
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            Keep($"{method} {path} answer", description.FaultsOfAnswer(method, path, Json.ReadObject(await response.Content.ReadAsStringAsync(cancellationToken))));
        }

        return response;
    }

    private void Keep(string what, IReadOnlyList<string> faults)
    {
        lock (Faults)
        {
            Seen.Add(what);
            Faults.AddRange(faults.Select(fault => $"{what}: {fault}"));
        }
    }

    private static JObject Query(Uri address)
    {
        var parameters = new JObject();
        foreach (var pair in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2).Select(Uri.UnescapeDataString).ToArray();
            var name = ListItem().Match(parts[0]);
            if (!name.Success) parameters[parts[0]] = parts[1];
            else ((JArray)(parameters[name.Groups[1].Value] ??= new JArray())).Add(parts[1]);
        }

        return parameters;
    }

    [GeneratedRegex(@"^(.+)\[\d+\]$")]
    private static partial Regex ListItem();
}
