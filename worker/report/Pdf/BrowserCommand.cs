using System.Reflection;

namespace VulnDiag.Report.Pdf;

/// <summary>What Playwright starts: the browser itself, or, as root, a script that first gives up root's rights.</summary>
/// <param name="Executable">Path of the program.</param>
/// <param name="Environment">The browser's whole environment: none of the worker's secrets reach it.</param>
internal sealed record BrowserCommand(string Executable, IReadOnlyDictionary<string, string> Environment)
{
    private const string DefaultBrowser = "/usr/bin/chromium";
    private const string SearchPath = "/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Users to try in order when none is set; the launcher makes the first, Debian has the second.</summary>
    private static readonly string[] DefaultUsers = ["vulndiag-print", "nobody"];

    /// <exception cref="ReportException">There is no browser, or no user that it may safely run as.</exception>
    internal static BrowserCommand For(PrinterSettings settings, bool root, string folder)
    {
        var browser = string.IsNullOrWhiteSpace(settings.Chromium) ? DefaultBrowser : settings.Chromium;
        if (!File.Exists(browser))
        {
            throw new ReportException($"The browser that prints reports is not at {browser}. Install Debian's package chromium, or name a Chromium in Report:Chromium.");
        }

        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = SearchPath, ["LANG"] = "C.UTF-8", ["HOME"] = folder };
        if (!root) return new BrowserCommand(browser, environment);

        environment["VULNDIAG_PRINT_USER"] = UnprivilegedUser(settings.ChromiumUser, Accounts());
        environment["VULNDIAG_PRINT_BROWSER"] = browser;
        return new BrowserCommand(WriteScript(folder), environment);
    }

    /// <summary>The user to print as, told from the accounts of this machine (name to user id).</summary>
    /// <exception cref="ReportException">The user named in the settings does not exist or is root, or no default user exists.</exception>
    internal static string UnprivilegedUser(string? wanted, IReadOnlyDictionary<string, string> accounts)
    {
        var user = string.IsNullOrWhiteSpace(wanted) ? DefaultUsers.FirstOrDefault(accounts.ContainsKey) : wanted;
        if (user is not null && accounts.TryGetValue(user, out var id) && id != "0") return user;
        throw new ReportException(
            $"As root, the browser that prints reports must run as an unprivileged user of this machine, which '{user ?? DefaultUsers[0]}' is not. "
            + $"Make one with 'useradd --system {DefaultUsers[0]}' or name one in Report:ChromiumUser; or start this program as another user than root.");
    }

    private static Dictionary<string, string> Accounts()
    {
        var accounts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var cells in File.ReadLines("/etc/passwd").Select(static line => line.Split(':')).Where(static cells => cells.Length > 2))
        {
            accounts[cells[0]] = cells[2];
        }

        return accounts;
    }

    private static string WriteScript(string folder)
    {
        var path = Path.Combine(folder, "run-unprivileged.sh");
        using var script = Assembly.GetExecutingAssembly().GetManifestResourceStream("VulnDiag.Report.Pdf.run-unprivileged.sh")
            ?? throw new InvalidOperationException("run-unprivileged.sh is not embedded.");
        using (var file = File.Create(path)) script.CopyTo(file);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
