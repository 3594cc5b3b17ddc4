namespace VulnDiag.Kintone.Client;

/// <summary>Where kintone is and who we are there.</summary>
public sealed record KintoneOptions
{
    /// <summary>Such as <c>https://example.cybozu.com</c>; plain http for the host name <c>localhost</c> only.</summary>
    public required string BaseUrl { get; init; }

    /// <summary>Id of the guest space that the apps live in, or null.</summary>
    public int? GuestSpaceId { get; init; }

    /// <summary>Login name; empty when tokens are used.</summary>
    public string Login { get; init; } = "";

    /// <summary>Password of <see cref="Login"/>.</summary>
    public string Password { get; init; } = "";

    /// <summary>API tokens, at most 9; used when there is no login.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>How long one request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the transfer of a file may take.</summary>
    public TimeSpan FileTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a request is repeated after a passing failure; 0 or more.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>Wait before the first repetition; doubled each time, 30 s at most.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Checks the options and gives back the address without a final slash.</summary>
    /// <exception cref="ArgumentException">The address is none, or would send a password in the clear, or nobody would sign in.</exception>
    /// <remarks>Source: RULES.md "Transport and authentication" (https, or the host name localhost; at most 9 tokens).</remarks>
    public Uri Address()
    {
        if (!Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address) || address.AbsolutePath != "/" || address.Query.Length > 0)
            throw new ArgumentException($"Kintone:Url '{BaseUrl}' is no address such as https://example.cybozu.com.");
        var plain = address is { Scheme: "http", Host: "localhost" };
        if (address.Scheme != "https" && !plain)
            throw new ArgumentException($"Kintone:Url '{BaseUrl}' must be https; plain http is for the host name localhost only.");
        if (Login.Length == 0 && Tokens.Count == 0)
            throw new ArgumentException("Kintone:User is empty, and there is no token: nobody can sign in.");
        if (Tokens.Count > 9)
            throw new ArgumentException($"There are {Tokens.Count} tokens; kintone takes at most 9 in a request.");
        return address;
    }

    /// <summary>The address and the login name; never a secret.</summary>
    public override string ToString() => $"{BaseUrl} as {(Login.Length > 0 ? Login : $"{Tokens.Count} token(s)")}";
}
