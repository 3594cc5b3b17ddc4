using Microsoft.AspNetCore.Http;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;
using VulnDiag.Lab.Portal.Markup;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Pages;

/// <summary>Logging in and out. A wrong name, a wrong password and a name that rests are answered alike.</summary>
internal sealed class LoginPage : IPage
{
    private const int LongestName = 200;

    /// <summary>Checked when there is no such user, so that the answer takes as long.</summary>
    private static readonly UserDocument Nobody = MakeNobody();

    /// <inheritdoc/>
    public IEnumerable<PageRoute> Routes =>
    [
        new("GET", "/", Door.Open, visit => visit.GoAsync(Paths.Apps)),
        new("GET", Paths.LoginPage, Door.Open, visit => visit.Session?.User is null ? ShowAsync(visit, "", visit.Query("to"), failed: false) : visit.GoAsync(Then(visit.Query("to")))),
        new("POST", Paths.LoginPage, Door.Open, LogInAsync),
        new("POST", Paths.Logout, Door.Open, LogOutAsync),
    ];

    private static async Task LogInAsync(Visit visit)
    {
        var (name, to) = (visit.Posted("name"), visit.Posted("to"));
        var rests = visit.Site.Throttle.Rests(name);
        var user = await visit.Site.Parts.Tenant.RunAsync(_ => visit.Site.Parts.Tenant.Users.Find(name), visit.Gone);
        var fits = Passwords.Fits(user ?? Nobody, visit.Posted("password")) && user is not null;
        if (!fits || rests || name.Length > LongestName)
        {
            if (!rests && name.Length <= LongestName) visit.Site.Throttle.Failed(name);
            await ShowAsync(visit, name, to, failed: true);
            return;
        }

        visit.Site.Throttle.Succeeded(name);
        visit.Begin(name);
        await visit.GoAsync(Then(to));
    }

    private static Task LogOutAsync(Visit visit)
    {
        visit.End();
        return visit.GoAsync(Paths.LoginPage);
    }

    private static string Then(string to) => Paths.IsOwn(to) ? to : Paths.Apps;

    private static UserDocument MakeNobody()
    {
        var (salt, hash) = Passwords.Protect(Secrets.New());
        return new UserDocument("", "", salt, hash, [], false);
    }

    private static Task ShowAsync(Visit visit, string name, string to, bool failed)
    {
        var session = visit.EnsureSession();
        return visit.ShowAsync(new PageContent(Words.Of("login.title"), Html.Of($"""
            <div class="panel login"><h1>{Words.Of("login.title")}</h1>
            {Html.When(failed, Html.Of($"""<p class="alert" role="alert">{Words.Of("login.failed", LoginThrottle.MostFailures, (int)LoginThrottle.Rest.TotalMinutes)}</p>"""))}
            <form method="post" action="{Paths.LoginPage}">{Frame.Token(session.Token)}<input type="hidden" name="to" value="{(Paths.IsOwn(to) ? to : "")}">
            <div class="field w-full"><label for="name">{Words.Of("login.name")}</label><input type="text" id="name" name="name" value="{name}" autocomplete="username" autocapitalize="none" required autofocus></div>
            <div class="field w-full"><label for="password">{Words.Of("login.password")}</label><input type="password" id="password" name="password" autocomplete="current-password" required></div>
            <button class="main" type="submit">{Words.Of("login.enter")}</button></form></div>
            """))
        {
            Status = failed ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK,
        });
    }
}
