using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace VulnDiag.EndToEnd.Portal;

/// <summary>What a visitor sees who follows the words of a demo that stays: the hospital's and the coordinator's list, and the mails.</summary>
/// <param name="Portal">The portal's address.</param>
/// <param name="Hospital">The list of 案件 as the first hospital.</param>
/// <param name="Coordinator">The list of 案件 as the coordinator.</param>
/// <param name="Mails">The mail folders.</param>
/// <param name="Processes">The demo's processes while it stayed.</param>
internal sealed partial record OpenDoors(Uri Portal, string Hospital, string Coordinator, string Mails, IReadOnlyList<int> Processes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    internal static async Task<OpenDoors> SeeAsync(int process, string said)
    {
        var portal = new Uri(Told(said, "portal stays up"));
        var password = Told(said, "Password of each account");
        using var mails = new HttpClient();
        return new OpenDoors(
            portal,
            await ListAsync(portal, "h01", password),
            await ListAsync(portal, "coordinator", password),
            WebUtility.HtmlDecode(await mails.GetStringAsync(Told(said, "Everybody's mails"))),
            Family(process));
    }

    /// <summary>Waits for the last of the demo's processes: the browser's crash reporter ends when it notices that the browser is gone.</summary>
    /// <returns>Those that are still there.</returns>
    internal async Task<IReadOnlyList<int>> LeftAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            foreach (var id in Processes)
            {
                using var process = ProcessOrNone(id);
                if (process is not null) await process.WaitForExitAsync(limit.Token);
            }

            return [];
        }
        catch (OperationCanceledException)
        {
            return [.. Processes.Where(static id => Directory.Exists($"/proc/{id}"))];
        }
    }

    private static Process? ProcessOrNone(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A process and all that it started, as they are now.</summary>
    private static List<int> Family(int root)
    {
        var parents = Directory.EnumerateDirectories("/proc").Select(static folder => Path.GetFileName(folder)).Where(static name => int.TryParse(name, out _)).Select(Parent).OfType<(int Id, int Parent)>().ToList();
        var family = new List<int> { root };
        for (var at = 0; at < family.Count; at++) family.AddRange(parents.Where(process => process.Parent == family[at]).Select(static process => process.Id));
        return family;
    }

    private static (int Id, int Parent)? Parent(string id)
    {
        try
        {
            var status = File.ReadAllText($"/proc/{id}/status");
            return (int.Parse(id, CultureInfo.InvariantCulture), int.Parse(ParentLine().Match(status).Groups["id"].Value, CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static async Task<string> ListAsync(Uri portal, string user, string password)
    {
        using var http = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = portal };
        var token = TokenInput().Match(await http.GetStringAsync("login")).Groups["token"].Value;
        using var form = new FormUrlEncodedContent([new("token", token), new("name", user), new("password", password)]);
        using var apps = await http.PostAsync("login", form);
        var app = EngagementLink().Match(await apps.Content.ReadAsStringAsync()).Groups["path"].Value;
        return WebUtility.HtmlDecode(await http.GetStringAsync(app));
    }

    private static string Told(string said, string about) => Regex.Match(said, $@"{about}:\s+(?<told>\S+)").Groups["told"].Value;

    [GeneratedRegex(@"^PPid:\s+(?<id>\d+)", RegexOptions.Multiline)]
    private static partial Regex ParentLine();

    [GeneratedRegex("name=\"token\" value=\"(?<token>[0-9a-f]+)\"")]
    private static partial Regex TokenInput();

    [GeneratedRegex("href=\"(?<path>/k/\\d+/)\"><strong>案件")]
    private static partial Regex EngagementLink();
}
