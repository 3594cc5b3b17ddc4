using Microsoft.AspNetCore.Http;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Portal.Forms;
using VulnDiag.Lab.Portal.Markup;

namespace VulnDiag.Lab.Portal.Visits;

/// <summary>One request for a page: whose it is, what it brings, and how it is answered.</summary>
internal sealed class Visit(HttpContext http, PortalSite site, Session? session)
{
    /// <summary>The browser's session; null before it has one.</summary>
    public Session? Session { get; private set; } = session;

    /// <summary>The portal.</summary>
    public PortalSite Site => site;

    /// <summary>The request and the answer.</summary>
    public HttpContext Http => http;

    /// <summary>What a form sent; empty for a GET.</summary>
    public IFormCollection Form { get; init; } = FormCollection.Empty;

    /// <summary>Stops when the browser is gone.</summary>
    public CancellationToken Gone => http.RequestAborted;

    /// <summary>The app that the path names.</summary>
    public long App => PortalValue.Whole((string?)http.Request.RouteValues["app"]) ?? 0;

    /// <summary>The record that the query names; null when it names none.</summary>
    public long? Record => PortalValue.Whole(Query("record"));

    /// <summary>A part of the query; empty when it is not there.</summary>
    public string Query(string name) => http.Request.Query[name].ToString();

    /// <summary>One value of the form; empty when it is not there.</summary>
    public string Posted(string name) => Form[name].ToString();

    /// <summary>Works with the tenant as the session's user; what is changed is kept or undone as a whole.</summary>
    /// <exception cref="Refusal">The tenant refuses, or knows the user no more.</exception>
    public Task<T> AskAsync<T>(Func<Desk, T> work) => site.Parts.Tenant.RunAsync(
        transaction =>
        {
            site.Parts.Deployments.FinishDue(site.Parts.Tenant, transaction);
            var user = Session?.User is { } code ? site.Parts.Tenant.Users.Find(code) : null;
            return work(new Desk(site.Parts, transaction, Caller.Of(user ?? throw Refusals.NoCredentials()), site.Clock.Now));
        },
        Gone);

    /// <summary>The session, made when the browser has none.</summary>
    public Session EnsureSession()
    {
        if (Session is null) Begin(null);
        return Session!;
    }

    /// <summary>Begins a new session, the user's own after a login, and gives the browser its cookie. The one before ends.</summary>
    public void Begin(string? user)
    {
        var (begun, cookie) = site.Sessions.Begin(user, Session);
        Session = begun;
        site.Cookies.Give(http.Response, site.Cookies.Session, cookie);
    }

    /// <summary>Ends the session.</summary>
    public void End()
    {
        if (Session is not null) site.Sessions.End(Session);
        Session = null;
        site.Cookies.Take(http.Response, site.Cookies.Session);
    }

    /// <summary>Answers with a page.</summary>
    public async Task ShowAsync(PageContent page)
    {
        var user = Session?.User is { } code ? await site.Parts.Tenant.RunAsync(_ => site.Parts.Tenant.Users.Find(code), Gone) : null;
        var notice = Session?.Notice;
        if (Session is not null) Session.Notice = null;
        http.Response.StatusCode = page.Status;
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(Frame.Of(page, user, Session?.Token, notice).ToString(), Gone);
    }

    /// <summary>Sends the browser to another page, after a form as after a GET.</summary>
    public Task GoAsync(string path)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = path;
        return Task.CompletedTask;
    }

    /// <summary>Answers with the tenant's refusal, in words.</summary>
    public Task ShowRefusalAsync(Refusal refusal) => ShowAsync(new PageContent(
        Words.Of("refused.title"),
        Html.Of($"""<div class="panel"><h1>{Words.Of("refused.title")}</h1><p role="alert">{Messages.Text(refusal.Sentence, "ja", refusal.Arguments)}</p><p><a href="{Paths.Apps}">{Words.Of("refused.back")}</a></p></div>"""))
    {
        Status = refusal.Status,
    });
}
