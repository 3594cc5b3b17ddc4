namespace VulnDiag.Lab.Targets;

/// <summary>What a web server of the lab shows.</summary>
/// <param name="Server">The <c>Server</c> header; none when empty.</param>
/// <param name="Page">The HTML of <c>/</c>.</param>
/// <param name="Realm">Asks for basic authentication with this realm; null for none.</param>
public sealed record HttpSite(string Server, string Page, string? Realm = null)
{
    /// <summary>A plain page, as a fresh web server shows it.</summary>
    public static HttpSite Plain(string server) => new(server, Read("plain.html"));

    /// <summary>The log-in page of a device's management.</summary>
    public static HttpSite ManagementLogin(string server) => new(server, Read("management-login.html"));

    /// <summary>A listing of files left lying about.</summary>
    public static HttpSite DirectoryListing(string server) => new(server, Read("directory-listing.html"));

    private static string Read(string page)
    {
        using var stream = typeof(HttpSite).Assembly.GetManifestResourceStream("Targets.Pages." + page)
            ?? throw new FileNotFoundException($"The page {page} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
