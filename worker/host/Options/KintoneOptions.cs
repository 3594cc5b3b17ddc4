using System.ComponentModel.DataAnnotations;

namespace VulnDiag.Worker.Options;

/// <summary>Where the records are, and as whom the worker signs in.</summary>
internal sealed record KintoneOptions : INeedsSettings
{
    /// <summary>Address of the tenant, such as <c>https://example.cybozu.com</c>.</summary>
    [HttpAddress]
    public string Url { get; init; } = "";

    /// <summary>Login name of the worker's own kintone user.</summary>
    public string User { get; init; } = "";

    /// <summary>Password of that user.</summary>
    [Secret]
    public string Password { get; init; } = "";

    /// <summary>A file (mode 0600) that holds the password, instead of the environment.</summary>
    public string PasswordFile { get; init; } = "";

    /// <summary>How long one request may take.</summary>
    [Range(1, 600)]
    public int TimeoutSeconds { get; init; } = 30;

    /// <summary>File with the ids of our apps, as <c>apps apply</c> keeps it. Without it the apps are found by their names.</summary>
    public string AppIdFile { get; init; } = "data/kintone-apps.json";

    public IEnumerable<string> Missing()
    {
        if (Url.Length == 0) yield return nameof(Url);
        if (User.Length == 0) yield return nameof(User);
        if (Password.Length == 0 && PasswordFile.Length == 0) yield return nameof(Password);
    }
}
