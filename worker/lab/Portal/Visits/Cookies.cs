using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace VulnDiag.Lab.Portal.Visits;

/// <summary>The portal's cookies. Their names carry the port, as browsers keep cookies per host and two emulators may share one.</summary>
/// <remarks>Not <c>Secure</c>: the emulator speaks plain HTTP on loopback. <c>Lax</c>, so that a link in a mail finds the visitor logged in; every form carries a token besides.</remarks>
internal sealed class Cookies(int port)
{
    /// <summary>The session's cookie.</summary>
    public string Session { get; } = "portal_session_" + port.ToString(CultureInfo.InvariantCulture);

    /// <summary>The cookie that opens the mail pages.</summary>
    public string Mail { get; } = "portal_mail_" + port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Gives the browser a cookie until it is closed; no script can read it.</summary>
    public void Give(HttpResponse response, string name, string value) => response.Cookies.Append(name, value, Options());

    /// <summary>Takes a cookie away.</summary>
    public void Take(HttpResponse response, string name) => response.Cookies.Delete(name, Options());

    private static CookieOptions Options() => new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}
