using Microsoft.AspNetCore.Http;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Pages;

/// <summary>The portal's own style, script and picture.</summary>
internal sealed class AssetPages : IPage
{
    /// <inheritdoc/>
    public IEnumerable<PageRoute> Routes =>
    [
        Of(Paths.Style, "portal.css", "text/css; charset=utf-8"),
        Of(Paths.Script, "portal.js", "text/javascript; charset=utf-8"),
        Of("/portal/icon.svg", "icon.svg", "image/svg+xml"),
    ];

    private static PageRoute Of(string path, string name, string type)
    {
        var text = PortalFiles.Text(name);
        return new PageRoute("GET", path, Door.Open, visit =>
        {
            visit.Http.Response.ContentType = type;
            return visit.Http.Response.WriteAsync(text, visit.Gone);
        });
    }
}
