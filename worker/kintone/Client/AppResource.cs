using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Client;

/// <summary>An app that this user may see.</summary>
/// <param name="Id">App id.</param>
/// <param name="Name">App name.</param>
public sealed record AppInfo(long Id, string Name);

/// <summary>apps.json and preview/app.json. Tokens may neither list nor create apps.</summary>
public sealed class AppResource
{
    // Source: RULES.md "Limits".
    private const int LargestPage = 100;

    private readonly KintoneConnection _connection;

    internal AppResource(KintoneConnection connection) => _connection = connection;

    /// <summary>Every app with exactly this name.</summary>
    /// <exception cref="KintoneException">kintone refused or did not answer.</exception>
    public async Task<IReadOnlyList<AppInfo>> NamedAsync(string name, CancellationToken cancellationToken)
    {
        var found = new List<AppInfo>();
        for (var offset = 0; ; offset += LargestPage)
        {
            var parameters = new JObject { ["name"] = name, ["limit"] = LargestPage, ["offset"] = offset };
            var answer = await _connection.SendAsync(KintoneCall.Read("apps.json", parameters), cancellationToken);
            var page = answer.Required<JArray>("apps");
            found.AddRange(page.OfType<JObject>().Select(static app => new AppInfo(app.Number("appId"), app.Value<string>("name") ?? "")).Where(app => app.Name == name));
            if (page.Count < LargestPage) return found;
        }
    }

    /// <summary>Makes an app in the test environment; it is live after its first deployment. No call ever deletes an app.</summary>
    /// <exception cref="KintoneException">kintone refused or did not answer. Not repeated after a time-out: the app may exist.</exception>
    internal async Task<(long Id, long Revision)> CreateAsync(string name, CancellationToken cancellationToken)
    {
        var call = new KintoneCall(CallMethod.Post, "preview/app.json", new JObject { ["name"] = name }, Repeatable: false);
        var answer = await _connection.SendAsync(call, cancellationToken);
        return (answer.Number("app"), answer.Number("revision"));
    }
}
