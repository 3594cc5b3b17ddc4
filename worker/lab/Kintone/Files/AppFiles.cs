using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Files;

/// <summary>Files of an app's settings: its icon, its scripts and styles. They belong to no record.</summary>
internal static class AppFiles
{
    /// <summary>A file that is already the app's keeps its key; an upload becomes one under a new key.</summary>
    /// <param name="call">The request.</param>
    /// <param name="app">The app.</param>
    /// <param name="part">The part of the settings that holds the file.</param>
    /// <param name="key">The key that the request gives.</param>
    /// <exception cref="Refusal">The key is neither.</exception>
    public static string Attach(Call call, long app, string part, string key)
    {
        if (call.Tenant.Files.TryGet(key, out var known) && known.App == app && known.Record == 0) return key;
        if (!call.Tenant.Uploads.TryGet(key, out var upload) || UploadRules.IsExpired(upload, call.Now)) throw Refusals.FileNotFound(key);
        var file = new FileDocument(UploadRules.NewRecordKey(), upload.Blob, upload.Name, upload.ContentType, upload.Size, app, 0, part);
        call.Transaction.Remove(call.Tenant.Uploads, upload);
        call.Transaction.Put(call.Tenant.Files, file);
        return file.FileKey;
    }
}
