using VulnDiag.Lab.Portal.Forms;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Pages;

/// <summary>Attached files, for saving. The browser is told to save and not to look, whatever the file says it is.</summary>
internal sealed class FilePage : IPage
{
    /// <inheritdoc/>
    public IEnumerable<PageRoute> Routes => [new("GET", "/k/file", Door.User, SendAsync)];

    private static async Task SendAsync(Visit visit)
    {
        var file = await visit.AskAsync(desk => desk.File(visit.Query("key")));
        await using var content = visit.Site.Parts.Blobs.Open(file.Blob);
        var response = visit.Http.Response;
        response.ContentType = "application/octet-stream";
        response.ContentLength = content.Length;
        response.Headers.ContentDisposition = FileNames.Disposition(file.Name);
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        await content.CopyToAsync(response.Body, visit.Gone);
    }
}
