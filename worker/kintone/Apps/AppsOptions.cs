namespace VulnDiag.Kintone.Apps;

/// <summary>How <see cref="AppsAsCode"/> works.</summary>
public sealed record AppsOptions
{
    /// <summary>Name of the tenant in the id file: its address.</summary>
    public required string Tenant { get; init; }

    /// <summary>The local file with app ids, or null to find apps by name only.</summary>
    public string? IdFile { get; init; }

    /// <summary>Deletes fields that hold data, or may.</summary>
    public bool AllowDestroy { get; init; }

    /// <summary>Takes drafts of somebody else along, overwriting where they differ from the definition.</summary>
    public bool TakeDrafts { get; init; }
}
