using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Portal.Markup;
using VulnDiag.Lab.Portal.Pages;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal;

/// <summary>The portal: pages in the emulator's own server, as kintone has beside its REST API. Every request passes the same checks here before a page sees it.</summary>
internal sealed class PortalSite(TenantParts parts, KintoneClock clock, PortalOptions options, int port)
{
    private const string TokenField = "token";
    private const long MostBytesBeforeLogin = 64 * 1024;
    private const long MostBytes = 256L * 1024 * 1024;

    private static readonly FormOptions FormLimits = new()
    {
        // A hearing with many lines has some twenty inputs a line.
        ValueCountLimit = 50_000,
        ValueLengthLimit = 4 * 1024 * 1024,
        MultipartBodyLengthLimit = MostBytes,
        MemoryBufferThreshold = 1 << 16,
    };

    /// <summary>What the tenant holds.</summary>
    public TenantParts Parts { get; } = parts;

    /// <summary>The tenant's clock.</summary>
    public KintoneClock Clock { get; } = clock;

    /// <summary>How the portal runs.</summary>
    public PortalOptions Options { get; } = options;

    /// <summary>Who is logged in.</summary>
    public SessionShelf Sessions { get; } = new(options.Time);

    /// <summary>Whose password is being guessed.</summary>
    public LoginThrottle Throttle { get; } = new(options.Time);

    /// <summary>The cookies' names.</summary>
    public Cookies Cookies { get; } = new(port);

    /// <summary>Puts all pages on the server.</summary>
    public void MapTo(IEndpointRouteBuilder server)
    {
        var pages = typeof(IPage).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IPage)) && type is { IsInterface: false, IsAbstract: false })
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (IPage)Activator.CreateInstance(type)!);
        foreach (var route in pages.SelectMany(page => page.Routes))
            server.MapMethods(route.Pattern, [route.Method], (RequestDelegate)(http => AnswerAsync(http, route)));
    }

    private async Task AnswerAsync(HttpContext http, PageRoute route)
    {
        SafeHeaders.Write(http.Response);
        if (!IsOurs(http.Request.Host.Host))
        {
            // A name that somebody pointed at loopback: their page would be of the same origin as ours.
            http.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return;
        }

        var session = Sessions.Find(http.Request.Cookies[Cookies.Session]);
        var visit = new Visit(http, this, session);
        if (!IsLetIn(visit, route.Door))
        {
            await TurnAwayAsync(visit, route.Door);
            return;
        }

        try
        {
            if (route.Method == HttpMethods.Post) visit = await WithFormAsync(visit, session);
            await route.Run(visit);
        }
        catch (Refusal refusal) when (!http.Response.HasStarted)
        {
            if (refusal.Code == Refusals.NoCredentials().Code) visit.End();
            await visit.ShowRefusalAsync(refusal);
        }
        catch (Exception fault) when (fault is BadHttpRequestException or InvalidDataException && !http.Response.HasStarted)
        {
            await visit.ShowAsync(Notices.Of(StatusCodes.Status413PayloadTooLarge, "tooLarge"));
        }
    }

    private bool IsLetIn(Visit visit, Door door) => door switch
    {
        Door.Open => true,
        Door.User => visit.Session?.User is not null,
        _ => Options.MailFolder is not null && Secrets.Same(visit.Http.Request.Cookies[Cookies.Mail] ?? "", Options.MailKey),
    };

    private static Task TurnAwayAsync(Visit visit, Door door)
    {
        if (door == Door.Mail) return visit.ShowAsync(Notices.Of(StatusCodes.Status403Forbidden, "mailClosed"));
        var request = visit.Http.Request;
        var wanted = HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : Paths.Apps;
        return visit.GoAsync(Paths.Login(wanted));
    }

    private async Task<Visit> WithFormAsync(Visit visit, Session? session)
    {
        var request = visit.Http.Request;
        if (visit.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = session?.User is null ? MostBytesBeforeLogin : MostBytes;
        var form = request.HasFormContentType ? await request.ReadFormAsync(FormLimits, visit.Gone) : FormCollection.Empty;
        if (session is null || !session.Owns(form[TokenField])) throw new Refusal(StatusCodes.Status403Forbidden, "CB_CS01", MessageId.ForeignForm);
        return new Visit(visit.Http, this, session) { Form = form };
    }

    private static bool IsOurs(string host) => host is "localhost" or "127.0.0.1" or "[::1]" or "::1";
}
