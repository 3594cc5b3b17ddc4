using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Files;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Http;

/// <summary>Uploads and downloads, streamed past the tenant's lock. Source: kintone, "ファイルをアップロードする", "ファイルをダウンロードする".</summary>
internal sealed class FileEndpoint(TenantParts parts, Authenticator authenticator)
{
    private const string Resource = "file.json";
    private const string PartName = "file";

    /// <summary>Answers one request for <c>file.json</c>.</summary>
    /// <exception cref="Refusal">It is refused.</exception>
    public async Task HandleAsync(HttpContext context, DateTimeOffset now)
    {
        var method = RequestReader.Method(context.Request);
        if (method == "GET") await DownloadAsync(context, now);
        else if (method == "POST") await UploadAsync(context, now);
        else throw new Refusal(405, "CB_IL01", MessageId.MethodNotAllowed);
    }

    private async Task UploadAsync(HttpContext context, DateTimeOffset now)
    {
        var caller = await parts.Tenant.RunAsync(_ => authenticator.Identify(context.Request.Headers), context.RequestAborted);
        parts.Requests.Count([], caller.Code, "POST", Resource, now);
        var section = await FindPartAsync(context.Request, context.RequestAborted);
        var disposition = section.GetContentDispositionHeader();
        var name = HeaderUtilities.RemoveQuotes(disposition!.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "";
        var upload = await new UploadShelf(parts.Tenant, parts.Blobs).KeepAsync(section.Body, name, section.ContentType, caller.Code, now, context.RequestAborted);

        // The official client of the 5.x line never ends the request of an upload on its side; it lets go of the connection only when that is closed.
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.Headers.Connection = "close";
        context.Response.ContentType = "application/json;charset=UTF-8";
        await context.Response.WriteAsync(LabJson.Write(new JObject { ["fileKey"] = upload.UploadKey }), context.RequestAborted);
    }

    private static async Task<MultipartSection> FindPartAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var isMultipart = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);
        var boundary = isMultipart ? HeaderUtilities.RemoveQuotes(type!.Boundary).Value : null;
        if (string.IsNullOrEmpty(boundary)) throw Refusals.Invalid(PartName, MessageId.Required);

        var reader = new MultipartReader(boundary, request.Body);
        while (await ReadSectionAsync(reader, cancellationToken) is { } section)
        {
            var disposition = section.GetContentDispositionHeader();
            if (disposition is not null && disposition.IsFileDisposition() && HeaderUtilities.RemoveQuotes(disposition.Name) == PartName) return section;
        }

        throw Refusals.Invalid(PartName, MessageId.Required);
    }

    private static async Task<MultipartSection?> ReadSectionAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            throw Refusals.IllegalRequest();
        }
    }

    private async Task DownloadAsync(HttpContext context, DateTimeOffset now)
    {
        var parameters = await RequestReader.ParametersAsync(context.Request, context.RequestAborted);
        KintonePath.TryRead(context.Request.Path, out var path);
        var (file, user) = await parts.Tenant.RunAsync(
            transaction =>
            {
                var caller = authenticator.Identify(context.Request.Headers);
                var call = new Call(parts, transaction, caller, now, path.GuestSpace, parameters);
                return (Find(call), caller.Code);
            },
            context.RequestAborted);

        parts.Requests.Count([file.App], user, "GET", Resource, now);
        await using var content = parts.Blobs.Open(file.Blob);
        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = content.Length;
        context.Response.Headers.ContentDisposition = $"attachment; filename*=UTF-8''{Uri.EscapeDataString(file.Name)}";
        await content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    /// <summary>The file of a record key, if the caller may view the app, the record and the field; one of the app's settings, if he may manage the app. An upload key finds nothing.</summary>
    /// <exception cref="Refusal">There is no such file, or a right is missing.</exception>
    internal static FileDocument Find(Call call)
    {
        var key = call.Parameters.Text("fileKey");
        var file = call.Tenant.Files.Find(key) ?? throw Refusals.FileNotFound(key);
        if (file.Record == 0)
        {
            AppScope.OpenForSettings(call, file.App);
            return file;
        }

        var scope = AppScope.Open(call, file.App);
        var record = scope.Record(call, file.Record);
        var isVisible = scope.Model.Form.TryGet(file.Field, out Field? field) && scope.Access.OnField(record, field) != FieldRight.None;
        return isVisible ? file : throw Refusals.NoPermission();
    }
}
