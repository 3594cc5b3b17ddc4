using System.Net;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Portal;
using VulnDiag.Lab.Portal.Pages;
using static VulnDiag.Lab.Kintone.KintoneFixture;

namespace VulnDiag.Lab.Kintone;

/// <summary>Every operation of the REST API and every page, found by reflection and walked as a hospital and as a stranger over everything that is not theirs: no answer holds a word of it, and nothing of it changes.</summary>
/// <remarks>What is not theirs is full of marks: every text of another hospital's record, of the staff's apps and of the staff's fields in the hospital's own record, comments, files and their names.</remarks>
[Trait("Category", "Slow")]
public sealed class IsolationTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private static readonly string[] Outsiders = ["hospital-a", "stranger"];

    /// <summary>What no outsider may read: the marks, and that another hospital is there at all.</summary>
    private static readonly string[] Secrets = [MarkedRecords.Mark, "hospital-b"];

    [Fact]
    public async Task No_operation_and_no_page_shows_or_changes_what_is_not_ones_own()
    {
        await portal.Emulator.Admin.AddUserAsync(new EmulatorUser("stranger", "stranger"), CancellationToken.None);
        var marked = await MarkedRecords.MakeAsync(portal);
        var before = await marked.ReadAllAsync();
        foreach (var outsider in Outsiders)
        {
            var leaks = await WalkAsync(outsider, marked);
            leaks.ShouldBeEmpty();
            (await marked.ReadAllAsync()).ShouldBe(before, $"changed by {outsider}");
        }

        // The walk is not blind: to a coordinator all of this is shown.
        var shown = await WalkAsync("coordinator", marked, readingOnly: true);
        foreach (var what in new[] { "GET record.json", "GET records.json", "GET records/cursor.json", "GET record/comments.json", "GET file.json", "GET /k/{app:long}/", "GET /k/{app:long}/show", "GET /k/file" })
            shown.ShouldContain(leak => leak.StartsWith(what + " ", StringComparison.Ordinal), what);
    }

    [Fact]
    public async Task No_condition_on_a_hidden_field_tells_anything_of_it()
    {
        var hospital = portal.As("hospital-a");
        var id = await portal.Engagement("hospital-a", ("事務局メモ", "secret"));
        var visible = await portal.Read(portal.Engagements, id, "hospital-a");
        var fields = (JObject)Ok(await portal.Admin.Get("app/form/fields", $"app={portal.Engagements}")).Body["properties"]!;
        var hidden = fields.Properties().Where(field => !visible.ContainsKey(field.Name))
            .SelectMany(static field => field.Value["fields"] is JObject columns ? columns.Properties() : [field])
            .Where(static field => (string?)field.Value["type"] is not ("GROUP" or "REFERENCE_TABLE" or "CATEGORY")).Select(static field => field.Name).ToList();
        hidden.Count.ShouldBeGreaterThan(20);
        string[] tests = ["= \"secret\"", "!= \"x\"", "in (\"secret\", \"\")", "not in (\"x\")", "like \"secret\"", "not like \"x\"", "is empty", "is not empty", "> \"0\"", "< \"9\"", ">= \"2000-01-01\"", "<= NOW()"];
        foreach (var condition in hidden.SelectMany(field => tests.Select(test => $"{field} {test}")))
        {
            foreach (var query in new[] { condition, $"{condition} or {condition}", $"({condition}) and $id > 0" })
            {
                var answer = await hospital.Query(portal.Engagements, query, "&totalCount=true");
                if (answer.Status == HttpStatusCode.OK) (answer.Body["records"]!.Count(), (string?)answer.Body["totalCount"]).ShouldBe((0, "0"), query);
            }
        }

        (await portal.As("coordinator").Ids(portal.Engagements, "事務局メモ like \"secret\"")).ShouldContain(id);
    }

    /// <summary>What was shown of the marked records, by operation.</summary>
    private async Task<IReadOnlyList<string>> WalkAsync(string login, MarkedRecords marked, bool readingOnly = false)
    {
        var shown = new List<string>();
        using var http = new HttpClient { BaseAddress = portal.Emulator.Uri };
        http.DefaultRequestHeaders.Add("X-Cybozu-Authorization", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{login}:{login}")));
        var operations = new ResourceCatalogue().All.Select(static operation => (operation.Method, operation.Path)).Append(("GET", "file.json"));
        foreach (var (method, path) in operations.Where(operation => !readingOnly || operation.Item1 == "GET" || operation.Item2.Contains("cursor", StringComparison.Ordinal)))
        {
            foreach (var parameters in marked.Parameters(method))
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, $"/k/v1/{path}") { Content = new StringContent(parameters.ToString(), System.Text.Encoding.UTF8, "application/json") };
                request.Headers.Add("X-HTTP-Method-Override", method);
                using var answer = await http.SendAsync(request);
                ((int)answer.StatusCode).ShouldBeLessThan(500, $"{method} {path} {parameters}");
                Note($"{method} {path} {parameters}", answer.Headers + await answer.Content.ReadAsStringAsync() + answer.Content.Headers);
            }
        }

        await LookAtPagesAsync(login, marked, readingOnly, Note);
        return shown;

        void Note(string what, string answer)
        {
            if (Secrets.Any(secret => WebUtility.UrlDecode(answer).Contains(secret, StringComparison.Ordinal))) shown.Add($"{what} as {login}");
        }
    }

    private async Task LookAtPagesAsync(string login, MarkedRecords marked, bool readingOnly, Action<string, string> note)
    {
        var routes = typeof(IPage).Assembly.GetTypes().Where(static type => type.IsAssignableTo(typeof(IPage)) && type is { IsAbstract: false, IsInterface: false })
            .SelectMany(static type => ((IPage)Activator.CreateInstance(type)!).Routes).Where(static route => route.Pattern is not ("/logout" or "/login"));
        foreach (var route in routes.Where(route => !readingOnly || route.Method == "GET"))
        {
            foreach (var (app, record, file) in marked.Places)
            {
                var path = $"{route.Pattern.Replace("{app:long}", $"{app}", StringComparison.Ordinal)}?record={record}&key={Uri.EscapeDataString(file)}";
                var browser = await BrowserAsync(login);
                if (route.Method == "GET") await browser.Open(path);
                else await browser.Post(path, [("token", browser.Value("token")), ("do", "save"), ("original", "{}"), ("revision", "1"), ("action", "提出"), ("assignee", login), ("comment", "1"), ("text", "x")], []);
                ((int)browser.Status).ShouldBeLessThan(500, path);
                note($"{route.Method} {route.Pattern} {path}", browser.Html + browser.Answer.Content.Headers);
            }
        }
    }

    private readonly Dictionary<string, PortalBrowser> _browsers = [];

    private async Task<PortalBrowser> BrowserAsync(string login)
    {
        if (!_browsers.TryGetValue(login, out var browser)) _browsers[login] = browser = await portal.LoggedIn(login);
        await browser.Open("/k/");
        return browser;
    }
}
