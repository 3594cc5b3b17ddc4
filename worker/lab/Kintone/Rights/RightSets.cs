namespace VulnDiag.Lab.Kintone.Rights;

/// <summary>What a caller may do in an app.</summary>
[Flags]
internal enum AppRights
{
    None = 0,
    View = 1,
    Add = 2,
    Edit = 4,
    Delete = 8,
    Manage = 16,
}

/// <summary>What a caller may do with a record.</summary>
[Flags]
internal enum RecordRights
{
    None = 0,
    View = 1,
    Edit = 2,
    Delete = 4,
    All = View | Edit | Delete,
}

/// <summary>What a caller may do with a field.</summary>
internal enum FieldRight
{
    None,
    Read,
    Write,
}
