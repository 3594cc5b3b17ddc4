using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Client;

/// <summary>Settings of an app, live or in the test environment (preview). All share one revision counter.</summary>
/// <remarks>Writing goes to the test environment only: a write of rights to the live path would deploy everybody's drafts. Source: RULES.md "Apps as code".</remarks>
internal sealed class AppSettingResource
{
    private readonly KintoneConnection _connection;

    internal AppSettingResource(KintoneConnection connection) => _connection = connection;

    /// <summary>Reads a setting such as <c>app/views.json</c>.</summary>
    internal Task<JObject> GetAsync(long app, string resource, bool preview, CancellationToken cancellationToken) =>
        _connection.SendAsync(KintoneCall.Read((preview ? "preview/" : "") + resource, new JObject { ["app"] = app }), cancellationToken);

    /// <summary>Replaces a setting in the test environment; gives back the new revision.</summary>
    internal Task<long> PutAsync(long app, string resource, long revision, JObject content, CancellationToken cancellationToken) =>
        WriteAsync(CallMethod.Put, app, resource, revision, content, cancellationToken);

    /// <summary>Adds fields in the test environment; gives back the new revision.</summary>
    internal Task<long> AddFieldsAsync(long app, long revision, JObject properties, CancellationToken cancellationToken) =>
        WriteAsync(CallMethod.Post, app, "app/form/fields.json", revision, new JObject { ["properties"] = properties }, cancellationToken);

    /// <summary>Changes fields in the test environment; gives back the new revision.</summary>
    internal Task<long> ChangeFieldsAsync(long app, long revision, JObject properties, CancellationToken cancellationToken) =>
        WriteAsync(CallMethod.Put, app, "app/form/fields.json", revision, new JObject { ["properties"] = properties }, cancellationToken);

    /// <summary>Deletes fields in the test environment; gives back the new revision. Their data is lost when it is deployed.</summary>
    internal Task<long> DeleteFieldsAsync(long app, long revision, IReadOnlyList<string> codes, CancellationToken cancellationToken) =>
        WriteAsync(CallMethod.Delete, app, "app/form/fields.json", revision, new JObject { ["fields"] = new JArray(codes) }, cancellationToken);

    private async Task<long> WriteAsync(CallMethod method, long app, string resource, long revision, JObject content, CancellationToken cancellationToken)
    {
        var parameters = new JObject(content) { ["app"] = app, ["revision"] = revision };
        var answer = await _connection.SendAsync(new KintoneCall(method, "preview/" + resource, parameters, Repeatable: true), cancellationToken);
        return answer.Number("revision");
    }
}
