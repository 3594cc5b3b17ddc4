using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone;
using static VulnDiag.Lab.Kintone.KintoneFixture;

namespace VulnDiag.Lab.Portal;

/// <summary>An emulator with the project's apps, a hospital's record and people of every role. Passwords are the login names.</summary>
public sealed class PortalFixture : KintoneFixture, IAsyncLifetime
{
    private readonly List<PortalBrowser> _browsers = [];

    public long Engagements { get; private set; }

    public long Findings { get; private set; }

    public long Vendors { get; private set; }

    /// <summary>All of the project's apps.</summary>
    public IReadOnlyList<long> Apps { get; private set; } = [];

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        foreach (var (user, group) in new[] { ("analyst", "analysts"), ("approver", "approvers"), ("robot", "worker") })
            await Emulator.Admin.AddUserAsync(new EmulatorUser(user, user, group), CancellationToken.None);
        var apps = await ProjectApps.InstallAsync(this);
        Apps = [.. apps.Values];
        (Engagements, Findings, Vendors) = (apps["engagement"], apps["finding"], apps["vendor"]);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        foreach (var browser in _browsers) browser.Dispose();
        await DisposeAsync();
    }

    /// <summary>A record of 案件 for a hospital.</summary>
    public Task<long> Engagement(string hospital, params (string Code, object? Value)[] more) =>
        AddRecord(Engagements, As("coordinator"), [("医療機関ユーザー", new[] { new { code = hospital } }), .. more]);

    public async Task<JObject> Read(long app, long id, string user = "robot") => (JObject)Ok(await As(user).Get("record", $"app={app}&id={id}")).Body["record"]!;

    /// <summary>A browser in which nobody is logged in.</summary>
    public PortalBrowser Browser()
    {
        var browser = new PortalBrowser(Emulator.Uri);
        _browsers.Add(browser);
        return browser;
    }

    /// <summary>A browser in which a user is logged in.</summary>
    public async Task<PortalBrowser> LoggedIn(string user)
    {
        var browser = Browser();
        await browser.LogIn(user, user);
        browser.Path.ShouldBe("/k/");
        return browser;
    }
}
