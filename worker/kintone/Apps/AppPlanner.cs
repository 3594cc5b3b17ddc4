using Newtonsoft.Json.Linq;
using VulnDiag.Kintone.Apps.Lint;

namespace VulnDiag.Kintone.Apps;

/// <summary>Finds out what an apply would do.</summary>
internal sealed class AppPlanner
{
    private readonly AppTenant _tenant;
    private readonly IReadOnlyList<AppDefinition> _definitions;
    private readonly AppIdFile _file;

    internal AppPlanner(AppTenant tenant, IReadOnlyList<AppDefinition> definitions, AppIdFile file)
    {
        _tenant = tenant;
        _definitions = definitions;
        _file = file;
    }

    /// <summary>Plans for the apps whose ids are known; the others are to be made.</summary>
    internal async Task<AppPlan> PlanAsync(IReadOnlyDictionary<string, long> ids, CancellationToken cancellationToken)
    {
        var changes = new List<AppChange>();
        var drafts = new List<AppChange>();
        var undeployed = new List<string>();
        foreach (var definition in _definitions)
        {
            if (!ids.TryGetValue(definition.Key, out var id))
            {
                changes.Add(new AppChange(definition.Key, "", definition.Name, AppChangeKind.Added, null, null));
                continue;
            }

            var preview = await _tenant.ReadAllAsync(id, preview: true, ids, cancellationToken);
            var todo = SettingDiff.CompareAll(definition, preview);
            changes.AddRange(todo);
            var draft = await _tenant.DraftRevisionAsync(id, cancellationToken);
            var live = await _tenant.LiveRevisionAsync(id, cancellationToken);
            if (draft == live) continue;
            undeployed.Add(definition.Key);
            if (live is not null && !IsOurs(definition.Key, draft)) drafts.AddRange(await ForeignAsync(definition, id, preview, todo, ids, cancellationToken));
        }

        return new AppPlan { Changes = changes, Mistakes = AppLinter.Lint(_definitions), ForeignDrafts = drafts, Undeployed = undeployed };
    }

    private bool IsOurs(string key, long? draft) => _file.Places.TryGetValue(key, out var place) && place.DraftRevision != 0 && place.DraftRevision == draft;

    /// <summary>What differs between the live app and its drafts, and is not what the definition wants: somebody else's work.</summary>
    private async Task<IEnumerable<AppChange>> ForeignAsync(
        AppDefinition definition, long id, Dictionary<AppSetting, JObject> preview, IReadOnlyList<AppChange> todo,
        IReadOnlyDictionary<string, long> ids, CancellationToken cancellationToken)
    {
        var live = await _tenant.ReadAllAsync(id, preview: false, ids, cancellationToken);
        var wanted = todo.Select(static change => (change.Setting, change.Path)).ToHashSet();
        return AppSetting.All
            .SelectMany(setting => SettingDiff.Compare(definition.Key, setting, live[setting], preview[setting]))
            .Where(change => wanted.Contains((change.Setting, change.Path)));
    }
}
