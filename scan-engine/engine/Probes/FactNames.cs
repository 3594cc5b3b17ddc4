namespace VulnDiag.Engine.Probes;

/// <summary>Names of the facts that probes leave for the checks, in <see cref="Identification.Facts"/>.</summary>
internal static class FactNames
{
    /// <summary>Value of a fact that holds.</summary>
    public const string Yes = "yes";

    /// <summary>Value of a fact that was asked for and does not hold.</summary>
    public const string No = "no";

    /// <summary><see cref="Yes"/> when the service wants a log-in before it serves, <see cref="No"/> when it serves anybody.</summary>
    public const string AuthRequired = "authRequired";

    /// <summary><see cref="Yes"/> when an upgrade to TLS inside the protocol is offered.</summary>
    public const string StartTls = "startTls";

    /// <summary><see cref="Yes"/> when a password may be sent outside TLS.</summary>
    public const string PlainLogin = "plainLogin";

    /// <summary>HTTP status code.</summary>
    public const string Status = "status";

    /// <summary>Title of a web page.</summary>
    public const string Title = "title";

    /// <summary>What the Server header said.</summary>
    public const string Server = "server";

    /// <summary>Realm of an HTTP log-in.</summary>
    public const string Realm = "realm";

    /// <summary>Name of the device or application whose log-in page was shown.</summary>
    public const string ManagementScreen = "managementScreen";

    /// <summary><see cref="Yes"/> when the page has a field for a password.</summary>
    public const string PasswordField = "passwordField";

    /// <summary>What a server's unchanged first page is called, such as <c>nginx</c>.</summary>
    public const string DefaultPage = "defaultPage";

    /// <summary><see cref="Yes"/> when the first page lists a folder's files.</summary>
    public const string DirectoryListing = "directoryListing";

    /// <summary><see cref="Yes"/> when a name server resolves for strangers.</summary>
    public const string Recursion = "recursion";

    /// <summary>SNMP community that was accepted.</summary>
    public const string Community = "community";

    /// <summary>Protocol version or versions that the server offers, comma-separated.</summary>
    public const string ProtocolVersions = "protocolVersions";

    /// <summary>Authentication methods that the server offers, comma-separated.</summary>
    public const string AuthMethods = "authMethods";

    /// <summary><see cref="Yes"/> when messages must be signed.</summary>
    public const string SigningRequired = "signingRequired";
}
