namespace VulnDiag.Lab.Kintone;

/// <summary>What a webhook tells of. Deletions are none of it: over the REST API records are deleted by a batch call only, and batch calls are not told.</summary>
[Flags]
public enum WebhookEvents
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>ADD_RECORD.</summary>
    Add = 1,

    /// <summary>UPDATE_RECORD.</summary>
    Edit = 2,

    /// <summary>UPDATE_STATUS.</summary>
    Status = 4,

    /// <summary>ADD_RECORD_COMMENT.</summary>
    Comment = 8,

    /// <summary>Everything.</summary>
    All = Add | Edit | Status | Comment,
}
