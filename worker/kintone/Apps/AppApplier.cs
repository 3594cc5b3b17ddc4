using Newtonsoft.Json.Linq;
using VulnDiag.Kintone.Client;

namespace VulnDiag.Kintone.Apps;

/// <summary>Makes one app after the other as defined. Each step looks at what is there first, so that it goes on wherever a cut left it.</summary>
internal sealed class AppApplier
{
    private readonly KintoneClient client;
    private readonly AppTenant tenant;
    private readonly AppsOptions options;
    private readonly AppIdFile file;
    private readonly Dictionary<string, long> ids;
    private readonly List<string> lines = [];

    internal AppApplier(KintoneClient client, AppTenant tenant, AppsOptions options, AppIdFile file, Dictionary<string, long> ids)
    {
        this.client = client;
        this.tenant = tenant;
        this.options = options;
        this.file = file;
        this.ids = ids;
    }

    /// <summary>True while nothing was kept back and everything read back as defined.</summary>
    internal bool Complete { get; private set; } = true;

    /// <summary>What was done.</summary>
    internal IReadOnlyList<string> Lines => lines;

    internal async Task ApplyAsync(AppDefinition definition, CancellationToken cancellationToken)
    {
        var id = await FindOrCreateAsync(definition, cancellationToken).ConfigureAwait(false);
        await client.Deployments.WaitAsync(id, cancellationToken).ConfigureAwait(false);

        // kintone links to live apps only: an app that links to itself goes live once without its links, and closed to everybody.
        if (definition.Links.Contains(definition.Key) && await tenant.LiveRevisionAsync(id, cancellationToken).ConfigureAwait(false) is null)
        {
            await WriteFieldsAsync(definition, id, withLinks: false, cancellationToken).ConfigureAwait(false);
            await WriteAsync(definition, id, AppSetting.AppRights, cancellationToken).ConfigureAwait(false);
            await DeployAsync(definition, id, cancellationToken).ConfigureAwait(false);
        }

        await WriteFieldsAsync(definition, id, withLinks: true, cancellationToken).ConfigureAwait(false);
        foreach (var setting in AppSetting.All.Where(static setting => setting != AppSetting.Fields))
            await WriteAsync(definition, id, setting, cancellationToken).ConfigureAwait(false);
        await DeployAsync(definition, id, cancellationToken).ConfigureAwait(false);
        await ReadBackAsync(definition, id, cancellationToken).ConfigureAwait(false);
    }

    private async Task<long> FindOrCreateAsync(AppDefinition definition, CancellationToken cancellationToken)
    {
        if (ids.TryGetValue(definition.Key, out var id)) return id;
        var created = await client.Apps.CreateAsync(definition.Name, cancellationToken).ConfigureAwait(false);
        ids[definition.Key] = created.Id;
        Remember(definition, created.Id, created.Revision);
        lines.Add($"{definition.Key}: made as app {created.Id}");
        return created.Id;
    }

    private async Task WriteFieldsAsync(AppDefinition definition, long id, bool withLinks, CancellationToken cancellationToken)
    {
        var there = (JObject)(await tenant.ReadAsync(id, AppSetting.Fields, preview: true, ids, cancellationToken).ConfigureAwait(false))["properties"]!;
        var wanted = withLinks ? definition.Fields : new JObject(definition.Fields.Properties().Where(static field => !AppLinks.IsLink(field.Value)));
        var edit = FieldEdit.Of(there, wanted);
        if (edit.Empty) return;
        var revision = await RevisionAsync(id, cancellationToken).ConfigureAwait(false);
        if (withLinks && await DeletableAsync(definition, id, edit, cancellationToken).ConfigureAwait(false) is { Count: > 0 } deletable)
            revision = await client.Settings.DeleteFieldsAsync(id, revision, deletable, cancellationToken).ConfigureAwait(false);

        // A field whose type changes comes back only if it went.
        var keptBack = edit.Deleted.Select(static field => field.Code).Where(code => edit.Added.ContainsKey(code) && !lines.Contains(DeletedLine(definition, code))).ToList();
        foreach (var code in keptBack) edit.Added.Remove(code);
        if (edit.Added.Count > 0) revision = await client.Settings.AddFieldsAsync(id, revision, AppLinks.ToIds(edit.Added, ids), cancellationToken).ConfigureAwait(false);
        if (edit.Changed.Count > 0)
            revision = await client.Settings.PutAsync(id, AppSetting.Fields.Parts[0].Resource, revision, new JObject { ["properties"] = AppLinks.ToIds(edit.Changed, ids) }, cancellationToken).ConfigureAwait(false);
        Remember(definition, id, revision);
        lines.Add($"{definition.Key}: fields written ({edit.Added.Count} added, {edit.Changed.Count} changed)");
    }

    private async Task<List<string>> DeletableAsync(AppDefinition definition, long id, FieldEdit edit, CancellationToken cancellationToken)
    {
        var deletable = new List<string>();
        foreach (var (code, holder) in edit.Deleted)
        {
            if (options.AllowDestroy || await FieldData.IsEmptyAsync(client, tenant, id, code, holder, cancellationToken).ConfigureAwait(false))
            {
                deletable.Add(code);
                lines.Add(DeletedLine(definition, code));
                continue;
            }

            Complete = false;
            lines.Add($"{definition.Key}: field {code} is kept: it holds data, or this user may not see whether it does (--allow-destroy deletes it)");
        }

        return deletable;
    }

    private async Task WriteAsync(AppDefinition definition, long id, AppSetting setting, CancellationToken cancellationToken)
    {
        var there = await tenant.ReadAsync(id, setting, preview: true, ids, cancellationToken).ConfigureAwait(false);
        var wanted = definition.Settings[setting];
        if (SettingDiff.Compare(definition.Key, setting, there, wanted).Count == 0) return;
        var revision = await RevisionAsync(id, cancellationToken).ConfigureAwait(false);
        foreach (var (name, resource) in setting.Parts)
        {
            var content = AppLinks.ToIds((JObject)(name is null ? wanted : wanted[name]!), ids);
            if (setting == AppSetting.Process && content["states"] is JValue) content = new JObject { ["enable"] = false };
            revision = await client.Settings.PutAsync(id, resource, revision, content, cancellationToken).ConfigureAwait(false);
        }

        Remember(definition, id, revision);
        lines.Add($"{definition.Key}: {setting.File} written");
    }

    private async Task DeployAsync(AppDefinition definition, long id, CancellationToken cancellationToken)
    {
        var revision = await RevisionAsync(id, cancellationToken).ConfigureAwait(false);
        if (await tenant.LiveRevisionAsync(id, cancellationToken).ConfigureAwait(false) == revision)
        {
            Remember(definition, id, revision: 0);
            return;
        }

        await client.Deployments.DeployAsync(id, revision, cancellationToken).ConfigureAwait(false);

        // An app at rest reports success too: only the revision proves that this deployment came through.
        var live = await tenant.LiveRevisionAsync(id, cancellationToken).ConfigureAwait(false);
        if (live is null || live < revision) throw new KintoneException($"App {id} ({definition.Key}) is live in revision {live}, not {revision}: the deployment did not come through.");
        Remember(definition, id, revision: 0);
        lines.Add($"{definition.Key}: deployed, revision {live}");
    }

    private async Task ReadBackAsync(AppDefinition definition, long id, CancellationToken cancellationToken)
    {
        var live = await tenant.ReadAllAsync(id, preview: false, ids, cancellationToken).ConfigureAwait(false);
        foreach (var difference in AppSetting.All.SelectMany(setting => SettingDiff.Compare(definition.Key, setting, live[setting], definition.Settings[setting])))
        {
            Complete = false;
            lines.Add($"{definition.Key}: still different: {difference}");
        }
    }

    private static string DeletedLine(AppDefinition definition, string code) => $"{definition.Key}: field {code} deleted";

    private void Remember(AppDefinition definition, long id, long revision) => file.Keep(definition.Key, new AppPlace { Id = id, DraftRevision = revision });

    private async Task<long> RevisionAsync(long id, CancellationToken cancellationToken) =>
        await tenant.DraftRevisionAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new KintoneException($"App {id} is gone from the test environment.");
}
