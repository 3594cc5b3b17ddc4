namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>Names of users, groups and organisations, for showing stored codes.</summary>
internal interface IDirectory
{
    /// <summary>The user's display name; the code when there is no such user any more.</summary>
    string UserName(string code);

    /// <summary>The group's name; the code when there is no such group any more.</summary>
    string GroupName(string code);

    /// <summary>The organisation's name; the code when there is no such organisation any more.</summary>
    string OrganizationName(string code);

    /// <summary>The attached file of a record key, or null.</summary>
    State.FileDocument? File(string fileKey);
}
