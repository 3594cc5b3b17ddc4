using Microsoft.AspNetCore.Http;

namespace VulnDiag.Lab.Portal.Visits;

/// <summary>What every answer of the portal tells the browser: run nothing that is not the portal's own file, guess no types, keep nothing, be framed by nobody.</summary>
internal static class SafeHeaders
{
    private const string PagePolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>For somebody else's HTML: a mail's text. It may run, load, send and open nothing.</summary>
    private const string ForeignPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; base-uri 'none'";

    /// <summary>Writes the headers of a page.</summary>
    public static void Write(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = PagePolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }

    /// <summary>Changes the headers for somebody else's HTML in a frame of our own.</summary>
    public static void WriteForeign(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = ForeignPolicy;
        response.Headers.XFrameOptions = "SAMEORIGIN";
    }
}
