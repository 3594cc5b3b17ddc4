using Microsoft.AspNetCore.Http;
using MimeKit;
using VulnDiag.Lab.Portal.Forms;
using VulnDiag.Lab.Portal.Mail;
using VulnDiag.Lab.Portal.Markup;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Pages;

/// <summary>The lab's mail folders, for a visitor who follows an engagement from outside. No part of kintone: whoever has the key sees every address' mail.</summary>
internal sealed class MailPages : IPage
{
    private const string Message = "/mail/{address}/{name}";

    /// <inheritdoc/>
    public IEnumerable<PageRoute> Routes =>
    [
        new("GET", "/mail/open", Door.Open, OpenAsync),
        new("GET", Paths.Mail, Door.Mail, FoldersAsync),
        new("GET", "/mail/{address}/", Door.Mail, FolderAsync),
        new("GET", Message, Door.Mail, MessageAsync),
        new("GET", Message + "/html", Door.Mail, HtmlAsync),
        new("GET", Message + "/part/{part:int}", Door.Mail, PartAsync),
    ];

    private static Task OpenAsync(Visit visit)
    {
        var key = visit.Query("key");
        var options = visit.Site.Options;
        if (options.MailFolder is null || options.MailKey.Length == 0 || !Secrets.Same(key, options.MailKey)) return visit.ShowAsync(Notices.Of(StatusCodes.Status403Forbidden, "mailClosed"));
        visit.Site.Cookies.Give(visit.Http.Response, visit.Site.Cookies.Mail, key);
        return visit.GoAsync(Paths.Mail);
    }

    private static async Task FoldersAsync(Visit visit)
    {
        var reader = Reader(visit);
        var sought = visit.Query("q").Trim();
        var found = sought.Length > 0 ? await reader.FindAsync(sought, visit.Gone) : [];
        await visit.ShowAsync(new PageContent(Words.Of("mail.title"), Html.Of($"""
            <div class="head"><h1>{Words.Of("mail.title")}</h1></div>
            <form class="search" method="get" action="{Paths.Mail}" role="search">
            <div class="field"><label for="q">{Words.Of("mail.seek")}</label><input type="search" id="q" name="q" value="{sought}" placeholder="VD-000001"></div>
            <button type="submit">{Words.Of("list.show")}</button></form>
            {(sought.Length > 0 ? Html.Of($"<h2>{Words.Of("mail.found", sought)}</h2>{Lines(found)}") : Html.None)}
            <h2>{Words.Of("mail.folders")}</h2>
            <ul class="folders">{reader.Folders.Select(static folder => Html.Of($"""<li><a href="{Paths.MailFolder(folder.Address)}">{folder.Address}</a> <small>{Words.Of("mail.count", folder.Count)}</small></li>"""))}</ul>
            """)));
    }

    private static async Task FolderAsync(Visit visit)
    {
        var address = Value(visit, "address");
        var lines = await Reader(visit).ListAsync(address, visit.Gone);
        if (lines.Count == 0)
        {
            await visit.ShowAsync(Notices.Of(StatusCodes.Status404NotFound, "noMail"));
            return;
        }

        await visit.ShowAsync(new PageContent(address, Html.Of($"""<div class="head"><h1>{address}</h1></div>{Lines(lines)}""")) { Trail = [(Words.Of("mail.title"), Paths.Mail), (address, "")] });
    }

    private static async Task MessageAsync(Visit visit)
    {
        var (address, name) = (Value(visit, "address"), Value(visit, "name"));
        using var mail = await Reader(visit).OpenAsync(address, name, visit.Gone);
        if (mail is null)
        {
            await visit.ShowAsync(Notices.Of(StatusCodes.Status404NotFound, "noMail"));
            return;
        }

        var origin = $"{visit.Http.Request.Scheme}://{visit.Http.Request.Host}";
        await visit.ShowAsync(new PageContent(mail.Subject ?? "", Html.Of($"""
            <div class="head"><h1>{mail.Subject}</h1></div>
            <dl class="made mailhead"><div><dt>{Words.Of("mail.from")}</dt><dd>{mail.From.ToString()}</dd></div><div><dt>{Words.Of("mail.to")}</dt><dd>{mail.To.ToString()}</dd></div>
            {Html.When(mail.Cc.Count > 0, Html.Of($"""<div><dt>Cc</dt><dd>{mail.Cc.ToString()}</dd></div>"""))}<div><dt>{Words.Of("mail.at")}</dt><dd>{PortalValue.Local(mail.Date)}</dd></div></dl>
            {Attachments(mail, address, name)}
            <section aria-labelledby="text"><h2 id="text">{Words.Of("mail.text")}</h2>{MailText.Show(mail.TextBody ?? "", origin)}</section>
            {Html.When(mail.HtmlBody is not null, Html.Of($"""<section aria-labelledby="html"><h2 id="html">{Words.Of("mail.html")}</h2><iframe sandbox="" src="{Paths.MailMessage(address, name, "html")}" title="{Words.Of("mail.html")}"></iframe></section>"""))}
            """))
        {
            Trail = [(Words.Of("mail.title"), Paths.Mail), (address, Paths.MailFolder(address)), (mail.Subject ?? "", "")],
        });
    }

    private static async Task HtmlAsync(Visit visit)
    {
        using var mail = await Reader(visit).OpenAsync(Value(visit, "address"), Value(visit, "name"), visit.Gone);
        SafeHeaders.WriteForeign(visit.Http.Response);
        visit.Http.Response.StatusCode = mail?.HtmlBody is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        visit.Http.Response.ContentType = "text/html; charset=utf-8";
        await visit.Http.Response.WriteAsync(mail?.HtmlBody ?? "", visit.Gone);
    }

    private static async Task PartAsync(Visit visit)
    {
        using var mail = await Reader(visit).OpenAsync(Value(visit, "address"), Value(visit, "name"), visit.Gone);
        var part = mail?.Attachments.OfType<MimePart>().ElementAtOrDefault((int)(PortalValue.Whole(Value(visit, "part")) ?? -1));
        if (part?.Content is null)
        {
            await visit.ShowAsync(Notices.Of(StatusCodes.Status404NotFound, "noMail"));
            return;
        }

        visit.Http.Response.ContentType = "application/octet-stream";
        visit.Http.Response.Headers.ContentDisposition = FileNames.Disposition(part.FileName ?? "");
        await part.Content.DecodeToAsync(visit.Http.Response.Body, visit.Gone);
    }

    private static Html Lines(IReadOnlyList<MailLine> lines) => Html.Of($"""
        <table class="grid list" role="table" aria-label="{Words.Of("mail.title")}">
        <thead role="rowgroup"><tr role="row">{new[] { "mail.subject", "mail.from", "mail.to", "mail.at" }.Select(static key => Html.Of($"""<th role="columnheader" scope="col">{Words.Of(key)}</th>"""))}</tr></thead>
        <tbody role="rowgroup">{lines.Select(static line => Html.Of($"""
            <tr role="row"><td role="cell" class="lead"><a class="open" href="{Paths.MailMessage(line.Folder, line.Name)}">{line.Subject}</a></td>{Cell("mail.from", line.From)}{Cell("mail.to", line.To)}{Cell("mail.at", PortalValue.Local(line.At), "short")}</tr>
            """))}</tbody></table>
        """);

    private static Html Cell(string key, string text, string kind = "long") => Html.Of($"""<td role="cell" class="{kind}"><span class="narrow" aria-hidden="true">{Words.Of(key)}</span>{text}</td>""");

    private static Html Attachments(MimeMessage mail, string address, string name)
    {
        var parts = mail.Attachments.OfType<MimePart>().ToList();
        var links = parts.Select((part, index) => Html.Of($"""
            <li><a href="{Paths.MailMessage(address, name, "part/" + index.ToString(System.Globalization.CultureInfo.InvariantCulture))}" download>{FileNames.Tidy(part.FileName ?? "")}</a></li>
            """));
        return Html.When(parts.Count > 0, Html.Of($"""<section aria-labelledby="parts"><h2 id="parts">{Words.Of("mail.parts")}</h2><ul class="files">{links}</ul></section>"""));
    }

    private static MailReader Reader(Visit visit) => new(visit.Site.Options.MailFolder!, visit.Site.Options.Time);

    private static string Value(Visit visit, string name) => visit.Http.Request.RouteValues[name]?.ToString() ?? "";
}
