using VulnDiag.Kintone.Apps.Lint;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Stores;

namespace VulnDiag.Kintone.Apps;

/// <summary>The kintone apps as code: plan, apply, export, check. Signed in by password: tokens can neither list nor create apps.</summary>
/// <remarks>Not thread-safe; one tenant, one run at a time. kintone's failures come as <see cref="KintoneException"/>.</remarks>
public sealed class AppsAsCode
{
    private const string EngagementKey = "engagement";

    private readonly KintoneClient _client;
    private readonly AppsOptions _options;
    private readonly IReadOnlyList<AppDefinition> _definitions;
    private readonly AppTenant _tenant;

    /// <summary>Works with the definitions that ship with this version.</summary>
    public AppsAsCode(KintoneClient client, AppsOptions options)
        : this(client, options, AppDefinition.Embedded())
    {
    }

    internal AppsAsCode(KintoneClient client, AppsOptions options, IReadOnlyList<AppDefinition> definitions)
    {
        _client = client;
        _options = options;
        _definitions = definitions;
        _tenant = new AppTenant(client);
    }

    /// <summary>What people must do by hand in kintone's pages, since no call of its API does it.</summary>
    public static IReadOnlyList<string> ByHand { get; } =
    [
        "Make the groups hospitals, coordinators, analysts, approvers and worker (their codes exactly so), before 'apps apply'.",
        "Make a user of its own for the worker, put it into the group worker only, and give its login name and password to Kintone:User and Kintone:PasswordFile.",
        "Make a user for each hospital, put it into the group hospitals only, with a login and display name that do not name the hospital.",
        "Put coordinators, analysts and approvers into their groups; an analyst who also approves must be two users or never both for one record.",
        "No API token is needed.",
    ];

    /// <summary>Shows what an apply would do; changes nothing.</summary>
    public async Task<AppPlan> PlanAsync(CancellationToken cancellationToken)
    {
        var file = AppIdFile.Read(_options.IdFile, _options.Tenant);
        var ids = await _tenant.FindAsync(_definitions, file, manages: true, cancellationToken);
        return await new AppPlanner(_tenant, _definitions, file).PlanAsync(ids, cancellationToken);
    }

    /// <summary>Makes the tenant as defined, an app after those it links to. Can be run again, and goes on after a cut.</summary>
    public async Task<ApplyResult> ApplyAsync(CancellationToken cancellationToken)
    {
        var file = AppIdFile.Read(_options.IdFile, _options.Tenant);
        var ids = await _tenant.FindAsync(_definitions, file, manages: true, cancellationToken);
        var plan = await new AppPlanner(_tenant, _definitions, file).PlanAsync(ids, cancellationToken);
        if (plan.Mistakes.Count > 0) return Refused(plan, ids, "Nothing was applied: the definitions have mistakes.");
        if (plan.ForeignDrafts.Count > 0 && !_options.TakeDrafts)
            return Refused(plan, ids, "Nothing was applied: finish or discard these drafts in kintone, or take them along on purpose (--take-drafts).");
        file.EnsureWritable();
        var applier = new AppApplier(_client, _tenant, _options, file, ids);
        foreach (var definition in _definitions) await applier.ApplyAsync(definition, cancellationToken);
        return new ApplyResult { Succeeded = applier.Complete, Plan = plan, Ids = ids, Lines = applier.Lines };
    }

    /// <summary>The live apps as files: texts by <c>key/file.json</c>, byte for byte what a definition of them would be.</summary>
    /// <exception cref="InvalidOperationException">An app is not there.</exception>
    public async Task<IReadOnlyDictionary<string, string>> ExportAsync(CancellationToken cancellationToken)
    {
        var ids = await IdsByKeyAsync(manages: true, cancellationToken);
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var definition in _definitions)
        {
            foreach (var (setting, content) in await _tenant.ReadAllAsync(ids[definition.Key], preview: false, ids, cancellationToken))
                files[$"{definition.Key}/{setting.File}.json"] = CanonicalJson.Write(content);
        }

        return files;
    }

    /// <summary>Proves that the live apps are as defined and that process management, defined and live, is the life cycle.</summary>
    /// <exception cref="InvalidOperationException">An app is not there.</exception>
    public async Task<AppCheck> CheckAsync(CancellationToken cancellationToken)
    {
        var ids = await IdsByKeyAsync(manages: true, cancellationToken);
        var drift = new List<AppChange>();
        var faults = new List<string>(AppLinter.Lint(_definitions));
        foreach (var definition in _definitions)
        {
            var live = await _tenant.ReadAllAsync(ids[definition.Key], preview: false, ids, cancellationToken);
            drift.AddRange(SettingDiff.CompareAll(definition, live));
            if (definition.Key != EngagementKey) continue;
            faults.AddRange(LifecycleCheck.Compare("status.json", definition.Settings[AppSetting.Process]));
            faults.AddRange(LifecycleCheck.Compare("kintone", live[AppSetting.Process]));
        }

        return new AppCheck { Drift = drift, Faults = faults };
    }

    /// <summary>Ids of the apps, for the stores; the one call here that needs no right to manage apps.</summary>
    /// <exception cref="InvalidOperationException">An app is not there.</exception>
    public async Task<KintoneAppIds> IdsAsync(CancellationToken cancellationToken)
    {
        var ids = await IdsByKeyAsync(manages: false, cancellationToken);
        return new KintoneAppIds(ids[EngagementKey], ids["finding"], ids["communication"], ids["exclusion"], ids["vendor"]);
    }

    private static ApplyResult Refused(AppPlan plan, IReadOnlyDictionary<string, long> ids, string why) =>
        new() { Succeeded = false, Plan = plan, Ids = ids, Lines = [.. plan.Lines, why] };

    private async Task<Dictionary<string, long>> IdsByKeyAsync(bool manages, CancellationToken cancellationToken)
    {
        var ids = await _tenant.FindAsync(_definitions, AppIdFile.Read(_options.IdFile, _options.Tenant), manages, cancellationToken);
        var missing = _definitions.Where(definition => !ids.ContainsKey(definition.Key)).Select(static definition => definition.Name).ToList();
        return missing.Count == 0
            ? ids
            : throw new InvalidOperationException(
                $"The apps {string.Join(", ", missing)} are not in kintone, or this user may not see them, or somebody renamed them. Run 'vulndiag apps apply', or give a renamed app its name back.");
    }
}
