namespace VulnDiag.Kintone.Apps;

/// <summary>What an apply would do.</summary>
public sealed record AppPlan
{
    /// <summary>Differences between the definitions and the tenant's test environment.</summary>
    public required IReadOnlyList<AppChange> Changes { get; init; }

    /// <summary>Mistakes in the definitions: nothing is applied while there is one.</summary>
    public required IReadOnlyList<string> Mistakes { get; init; }

    /// <summary>Drafts of somebody else in the test environment, which a deployment would take live or an apply would overwrite.</summary>
    public required IReadOnlyList<AppChange> ForeignDrafts { get; init; }

    /// <summary>Keys of apps whose test environment is ahead of the live app.</summary>
    public required IReadOnlyList<string> Undeployed { get; init; }

    /// <summary>True when the tenant is as defined.</summary>
    public bool Empty => Changes.Count == 0 && Mistakes.Count == 0 && ForeignDrafts.Count == 0 && Undeployed.Count == 0;

    /// <summary>The plan as lines for people.</summary>
    public IReadOnlyList<string> Lines => Empty
        ? ["Nothing to do: the apps are as defined."]
        :
        [
            .. Mistakes.Select(static mistake => $"! {mistake}"),
            .. ForeignDrafts.Select(static draft => $"? somebody's draft, not live: {draft}"),
            .. Changes.Select(static change => change.ToString()),
            .. Undeployed.Select(static key => $"> {key}: the test environment is to be deployed"),
        ];
}

/// <summary>What an apply did.</summary>
public sealed record ApplyResult
{
    /// <summary>True when the tenant is now as defined.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>What was planned.</summary>
    public required AppPlan Plan { get; init; }

    /// <summary>What was done, kept back or found different afterwards, as lines for people.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>Ids of the apps by key.</summary>
    public required IReadOnlyDictionary<string, long> Ids { get; init; }
}

/// <summary>Whether a tenant is as defined.</summary>
public sealed record AppCheck
{
    /// <summary>Differences between the definitions and the live apps.</summary>
    public required IReadOnlyList<AppChange> Drift { get; init; }

    /// <summary>Differences between the life cycle and process management, defined and live; mistakes in the definitions.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>True when there is nothing to mend.</summary>
    public bool Sound => Drift.Count == 0 && Faults.Count == 0;

    /// <summary>The result as lines for people.</summary>
    public IReadOnlyList<string> Lines => Sound
        ? ["No drift: the apps are as defined, and process management is the life cycle."]
        : [.. Faults.Select(static fault => $"! {fault}"), .. Drift.Select(static change => change.ToString())];
}
