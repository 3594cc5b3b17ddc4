using Newtonsoft.Json.Linq;
using VulnDiag.Kintone.Client;

namespace VulnDiag.Kintone.Apps;

/// <summary>Makes one app after the other as defined. Each step looks at what is there first, so that it goes on wherever a cut left it.</summary>
internal sealed class AppApplier
{
    // No call takes a plug-in out of an app: reading back names it, and a person removes it.
    private const string PlugIns = "app/plugins.json";

    private readonly KintoneClient _client;
    private readonly AppTenant _tenant;
    private readonly AppsOptions _options;
    private readonly AppIdFile _file;
    private readonly Dictionary<string, long> _ids;
    private readonly List<string> _lines = [];

    internal AppApplier(KintoneClient client, AppTenant tenant, AppsOptions options, AppIdFile file, Dictionary<string, long> ids)
    {
        _client = client;
        _tenant = tenant;
        _options = options;
        _file = file;
        _ids = ids;
    }

    /// <summary>True while nothing was kept back and everything read back as defined.</summary>
    internal bool Complete { get; private set; } = true;

    /// <summary>What was done.</summary>
    internal IReadOnlyList<string> Lines => _lines;

    internal async Task ApplyAsync(AppDefinition definition, CancellationToken cancellationToken)
    {
        var id = await FindOrCreateAsync(definition, cancellationToken);
        await _client.Deployments.WaitAsync(id, cancellationToken);

        // kintone links to live apps only: an app that links to itself goes live once without its links, and closed to everybody.
        if (definition.Links.Contains(definition.Key) && await _tenant.LiveRevisionAsync(id, cancellationToken) is null)
        {
            await WriteFieldsAsync(definition, id, withLinks: false, cancellationToken);
            await WriteAsync(definition, id, AppSetting.AppRights, cancellationToken);
            await DeployAsync(definition, id, cancellationToken);
        }

        await WriteFieldsAsync(definition, id, withLinks: true, cancellationToken);
        foreach (var setting in AppSetting.All.Where(static setting => setting != AppSetting.Fields))
            await WriteAsync(definition, id, setting, cancellationToken);
        await DeployAsync(definition, id, cancellationToken);
        await ReadBackAsync(definition, id, cancellationToken);
    }

    private async Task<long> FindOrCreateAsync(AppDefinition definition, CancellationToken cancellationToken)
    {
        if (_ids.TryGetValue(definition.Key, out var id)) return id;
        var created = await _client.Apps.CreateAsync(definition.Name, cancellationToken);
        _ids[definition.Key] = created.Id;
        Remember(definition, created.Id, created.Revision);
        _lines.Add($"{definition.Key}: made as app {created.Id}");
        return created.Id;
    }

    private async Task WriteFieldsAsync(AppDefinition definition, long id, bool withLinks, CancellationToken cancellationToken)
    {
        var there = (JObject)(await _tenant.ReadAsync(id, AppSetting.Fields, preview: true, _ids, cancellationToken))["properties"]!;
        var wanted = withLinks ? definition.Fields : WithoutLinks(definition.Fields);
        var edit = FieldEdit.Of(there, wanted);
        if (edit.Empty) return;
        var deletable = withLinks ? await DeletableAsync(definition, id, edit, cancellationToken) : [];

        // A field whose type changes comes back only if it goes.
        foreach (var (code, _) in edit.Deleted.Where(field => !deletable.Contains(field.Code))) edit.Added.Remove(code);
        var revision = await RevisionAsync(id, cancellationToken);
        if (deletable.Count > 0) revision = await _client.Settings.DeleteFieldsAsync(id, revision, deletable, cancellationToken);
        if (edit.Added.Count > 0) revision = await _client.Settings.AddFieldsAsync(id, revision, AppLinks.ToIds(edit.Added, _ids), cancellationToken);
        if (edit.Changed.Count > 0) revision = await _client.Settings.ChangeFieldsAsync(id, revision, AppLinks.ToIds(edit.Changed, _ids), cancellationToken);
        Remember(definition, id, revision);
        _lines.Add($"{definition.Key}: fields written ({edit.Added.Count} added, {edit.Changed.Count} changed, {deletable.Count} deleted)");
    }

    private async Task<List<string>> DeletableAsync(AppDefinition definition, long id, FieldEdit edit, CancellationToken cancellationToken)
    {
        var deletable = new List<string>();
        foreach (var (code, holder) in edit.Deleted)
        {
            if (_options.AllowDestroy || await FieldData.IsEmptyAsync(_client, _tenant, id, code, holder, cancellationToken))
            {
                deletable.Add(code);
                _lines.Add($"{definition.Key}: field {code} deleted");
                continue;
            }

            Complete = false;
            _lines.Add($"{definition.Key}: field {code} is kept: it holds data, or this user may not see whether it does (--allow-destroy deletes it)");
        }

        return deletable;
    }

    private async Task WriteAsync(AppDefinition definition, long id, AppSetting setting, CancellationToken cancellationToken)
    {
        var there = await _tenant.ReadAsync(id, setting, preview: true, _ids, cancellationToken);
        var wanted = definition.Settings[setting];
        if (SettingDiff.Compare(definition.Key, setting, there, wanted).Count == 0) return;
        var revision = await RevisionAsync(id, cancellationToken);
        foreach (var (name, resource) in setting.Parts)
        {
            var content = AppLinks.ToIds((JObject)(name is null ? wanted : wanted[name]!), _ids);
            if (resource == PlugIns || (name is not null && SettingDiff.Same(there[name], wanted[name]!))) continue;
            if (setting == AppSetting.Process && content["states"] is JValue) content = new JObject { ["enable"] = false };
            revision = await _client.Settings.PutAsync(id, resource, revision, content, cancellationToken);
        }

        Remember(definition, id, revision);
        _lines.Add($"{definition.Key}: {setting.File} written");
    }

    private async Task DeployAsync(AppDefinition definition, long id, CancellationToken cancellationToken)
    {
        var revision = await RevisionAsync(id, cancellationToken);
        if (await _tenant.LiveRevisionAsync(id, cancellationToken) == revision)
        {
            Remember(definition, id, revision: 0);
            return;
        }

        await _client.Deployments.DeployAsync(id, revision, cancellationToken);

        // An app at rest reports success too: only the revision proves that this deployment came through.
        var live = await _tenant.LiveRevisionAsync(id, cancellationToken);
        if (live is null || live < revision)
            throw new KintoneException($"App {id} ({definition.Key}) is live in revision {live}, not {revision}: the deployment did not come through.");
        Remember(definition, id, revision: 0);
        _lines.Add($"{definition.Key}: deployed, revision {live}");
    }

    private async Task ReadBackAsync(AppDefinition definition, long id, CancellationToken cancellationToken)
    {
        var live = await _tenant.ReadAllAsync(id, preview: false, _ids, cancellationToken);
        foreach (var difference in SettingDiff.CompareAll(definition, live))
        {
            Complete = false;
            _lines.Add($"{definition.Key}: still different: {difference}");
        }
    }

    private static JObject WithoutLinks(JObject fields) => new(fields.Properties().Where(static field => !AppLinks.IsLink(field.Value)));

    private void Remember(AppDefinition definition, long id, long revision) => _file.Keep(definition.Key, new AppPlace { Id = id, DraftRevision = revision });

    private async Task<long> RevisionAsync(long id, CancellationToken cancellationToken) =>
        await _tenant.DraftRevisionAsync(id, cancellationToken) ?? throw new KintoneException($"App {id} is gone from the test environment.");
}
