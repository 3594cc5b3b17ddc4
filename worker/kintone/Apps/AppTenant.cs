using Newtonsoft.Json.Linq;
using VulnDiag.Kintone.Client;

namespace VulnDiag.Kintone.Apps;

/// <summary>Reads our apps out of a tenant.</summary>
internal sealed class AppTenant
{
    private const string GeneralResource = "app/settings.json";
    private const string FieldsResource = "app/form/fields.json";

    private readonly KintoneClient _client;

    internal AppTenant(KintoneClient client) => _client = client;

    /// <summary>Ids of the apps that are there: by the id file where it is right, else by exact name.</summary>
    /// <param name="apps">Which apps.</param>
    /// <param name="file">The id file.</param>
    /// <param name="manages">True for a user who manages the apps, and can ask whether an id still holds; false takes the file's word.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="InvalidOperationException">Two apps have the same name.</exception>
    internal async Task<Dictionary<string, long>> FindAsync(IReadOnlyList<AppDefinition> apps, AppIdFile file, bool manages, CancellationToken cancellationToken)
    {
        var ids = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var app in apps)
        {
            if (file.Places.TryGetValue(app.Key, out var place) && (!manages || await IsStillAsync(app, place.Id, cancellationToken)))
                ids[app.Key] = place.Id;
            else if (await ByNameAsync(app, cancellationToken) is { } id)
                ids[app.Key] = id;
        }

        return ids;
    }

    /// <summary>Revision of an app's test environment, or null when there is no such app.</summary>
    internal Task<long?> DraftRevisionAsync(long app, CancellationToken cancellationToken) => RevisionAsync(app, preview: true, cancellationToken);

    /// <summary>Revision of the live app, or null when it was never deployed.</summary>
    internal Task<long?> LiveRevisionAsync(long app, CancellationToken cancellationToken) => RevisionAsync(app, preview: false, cancellationToken);

    /// <summary>A setting in the form of its file.</summary>
    internal async Task<JObject> ReadAsync(long app, AppSetting setting, bool preview, IReadOnlyDictionary<string, long> ids, CancellationToken cancellationToken)
    {
        var whole = new JObject();
        foreach (var (name, resource) in setting.Parts)
        {
            var answer = await _client.Settings.GetAsync(app, resource, preview, cancellationToken);
            var form = SettingForm.OfAnswer(setting, answer, ids);
            if (name is null) return form;
            whole[name] = form;
        }

        return (JObject)CanonicalJson.Sort(whole);
    }

    /// <summary>Every setting of an app.</summary>
    internal async Task<Dictionary<AppSetting, JObject>> ReadAllAsync(
        long app, bool preview, IReadOnlyDictionary<string, long> ids, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<AppSetting, JObject>();
        foreach (var setting in AppSetting.All) settings[setting] = await ReadAsync(app, setting, preview, ids, cancellationToken);
        return settings;
    }

    /// <summary>Whether the app of an id from the file is still ours: by its name, or renamed, by its fields. A file may outlive the tenant it was written for.</summary>
    private async Task<bool> IsStillAsync(AppDefinition app, long id, CancellationToken cancellationToken)
    {
        try
        {
            var general = await _client.Settings.GetAsync(id, GeneralResource, preview: true, cancellationToken);
            if (general.Value<string>("name") == app.Name) return true;
            var fields = (await _client.Settings.GetAsync(id, FieldsResource, preview: true, cancellationToken)).Required<JObject>("properties");
            var common = app.Fields.Properties().Count(field => fields[field.Name] is not null);
            return common * 2 > app.Fields.Count;
        }
        catch (KintoneException missing) when (missing.IsNotFound)
        {
            return false;
        }
    }

    private async Task<long?> ByNameAsync(AppDefinition app, CancellationToken cancellationToken)
    {
        var found = await _client.Apps.NamedAsync(app.Name, cancellationToken);
        return found.Count switch
        {
            0 => null,
            1 => found[0].Id,
            _ => throw new InvalidOperationException(
                $"There are {found.Count} apps named {app.Name} (ids {string.Join(", ", found.Select(static each => each.Id))}). "
                + $"Rename all but one, or write the id of {app.Key} into the id file."),
        };
    }

    private async Task<long?> RevisionAsync(long app, bool preview, CancellationToken cancellationToken)
    {
        try
        {
            return (await _client.Settings.GetAsync(app, GeneralResource, preview, cancellationToken)).Number("revision");
        }
        catch (KintoneException missing) when (missing.IsNotFound)
        {
            return null;
        }
    }
}
