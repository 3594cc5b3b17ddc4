namespace VulnDiag.Lab.Kintone;

/// <summary>What an API token may do in its app. Source: kintone help, "APIトークンを生成する".</summary>
[Flags]
public enum ApiTokenRights
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read records.</summary>
    View = 1,

    /// <summary>Add records.</summary>
    Add = 2,

    /// <summary>Change records.</summary>
    Edit = 4,

    /// <summary>Delete records.</summary>
    Delete = 8,

    /// <summary>Change the app's settings.</summary>
    Manage = 16,
}
