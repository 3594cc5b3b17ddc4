namespace VulnDiag.Kintone.Apps;

/// <summary>Finds out what an apply would do.</summary>
internal sealed class AppPlanner
{
    private readonly AppTenant tenant;
    private readonly IReadOnlyList<AppDefinition> definitions;
    private readonly AppIdFile file;

    internal AppPlanner(AppTenant tenant, IReadOnlyList<AppDefinition> definitions, AppIdFile file)
    {
        this.tenant = tenant;
        this.definitions = definitions;
        this.file = file;
    }

    /// <summary>Plans for the apps whose ids are known; the others are to be made.</summary>
    internal async Task<AppPlan> PlanAsync(IReadOnlyDictionary<string, long> ids, CancellationToken cancellationToken)
    {
        var changes = new List<AppChange>();
        var drafts = new List<AppChange>();
        var undeployed = new List<string>();
        foreach (var definition in definitions)
        {
            if (!ids.TryGetValue(definition.Key, out var id))
            {
                changes.Add(new AppChange(definition.Key, "", definition.Name, AppChangeKind.Added, null, null));
                continue;
            }

            var preview = await tenant.ReadAllAsync(id, preview: true, ids, cancellationToken).ConfigureAwait(false);
            var todo = AppSetting.All.SelectMany(setting => SettingDiff.Compare(definition.Key, setting, preview[setting], definition.Settings[setting])).ToList();
            changes.AddRange(todo);
            var draft = await tenant.DraftRevisionAsync(id, cancellationToken).ConfigureAwait(false);
            var live = await tenant.LiveRevisionAsync(id, cancellationToken).ConfigureAwait(false);
            if (draft == live) continue;
            undeployed.Add(definition.Key);
            if (live is not null && !IsOurs(definition.Key, draft)) drafts.AddRange(await ForeignAsync(definition, id, preview, todo, ids, cancellationToken).ConfigureAwait(false));
        }

        return new AppPlan { Changes = changes, Mistakes = AppLinter.Lint(definitions), ForeignDrafts = drafts, Undeployed = undeployed };
    }

    private bool IsOurs(string key, long? draft) => file.Places.TryGetValue(key, out var place) && place.DraftRevision != 0 && place.DraftRevision == draft;

    /// <summary>What differs between the live app and its drafts, and is not what the definition wants: somebody else's work.</summary>
    private async Task<IEnumerable<AppChange>> ForeignAsync(
        AppDefinition definition, long id, Dictionary<AppSetting, Newtonsoft.Json.Linq.JObject> preview, List<AppChange> todo, IReadOnlyDictionary<string, long> ids, CancellationToken cancellationToken)
    {
        var live = await tenant.ReadAllAsync(id, preview: false, ids, cancellationToken).ConfigureAwait(false);
        var wanted = todo.Select(static change => (change.Setting, change.Path)).ToHashSet();
        return AppSetting.All
            .SelectMany(setting => SettingDiff.Compare(definition.Key, setting, live[setting], preview[setting]))
            .Where(change => wanted.Contains((change.Setting, change.Path)));
    }
}
