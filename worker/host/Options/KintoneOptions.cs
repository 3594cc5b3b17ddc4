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

    /// <summary>Numbers of the apps.</summary>
    public KintoneAppOptions Apps { get; init; } = new();

    public IEnumerable<string> Missing()
    {
        if (Url.Length == 0) yield return nameof(Url);
        if (User.Length == 0) yield return nameof(User);
        if (Password.Length == 0 && PasswordFile.Length == 0) yield return nameof(Password);
        foreach (var app in Apps.Missing()) yield return $"{nameof(Apps)}:{app}";
    }
}

/// <summary>App numbers, as <c>apps apply</c> prints them; 0 where an app is not made yet.</summary>
internal sealed record KintoneAppOptions : INeedsSettings
{
    /// <summary>案件.</summary>
    [Range(0, int.MaxValue)]
    public int Engagement { get; init; }

    /// <summary>通信記録.</summary>
    [Range(0, int.MaxValue)]
    public int Communication { get; init; }

    /// <summary>指摘事項.</summary>
    [Range(0, int.MaxValue)]
    public int Finding { get; init; }

    /// <summary>除外リスト.</summary>
    [Range(0, int.MaxValue)]
    public int Exclusion { get; init; }

    /// <summary>ベンダ台帳.</summary>
    [Range(0, int.MaxValue)]
    public int Vendor { get; init; }

    public IEnumerable<string> Missing()
    {
        if (Engagement == 0) yield return nameof(Engagement);
        if (Communication == 0) yield return nameof(Communication);
        if (Finding == 0) yield return nameof(Finding);
        if (Exclusion == 0) yield return nameof(Exclusion);
        if (Vendor == 0) yield return nameof(Vendor);
    }
}
