using System.Globalization;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Files;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>Attached files; stored as their record keys. A request names record keys to keep and upload keys to add.</summary>
internal sealed class FileType : FieldType
{
    /// <inheritdoc/>
    public override string Name => "FILE";

    /// <inheritdoc/>
    public override ValueFamily Family => ValueFamily.File;

    /// <inheritdoc/>
    public override JToken Empty => new JArray();

    /// <inheritdoc/>
    public override JToken Take(Field field, JToken? given, FieldPath path, WriteContext context)
    {
        if (given is null or JValue { Value: null or "" }) return Empty;
        if (given is not JArray files)
        {
            context.Faults.Add(path.With(".value"), MessageId.WrongType);
            return Empty;
        }

        var keys = new JArray();
        foreach (var file in files) keys.Add(Attach(Scalar.Text((file as JObject)?["fileKey"]) ?? "", field, context));
        return keys;
    }

    /// <inheritdoc/>
    public override JToken Show(Field field, JToken stored, IDirectory directory)
    {
        var shown = new JArray();
        foreach (var key in stored)
        {
            if (directory.File((string)key!) is { } file) shown.Add(Describe(file));
        }

        return shown;
    }

    /// <summary>A file as answers show it.</summary>
    public static JObject Describe(FileDocument file) => new()
    {
        ["fileKey"] = file.FileKey,
        ["name"] = file.Name,
        ["contentType"] = file.ContentType,
        ["size"] = file.Size.ToString(CultureInfo.InvariantCulture),
    };

    private static string Attach(string key, Field field, WriteContext context)
    {
        var isOfThisRecord = context.Tenant.Files.TryGet(key, out var file)
            && file.App == context.App && file.Record == context.Record && file.Field == field.Code;
        if (isOfThisRecord) return key;

        if (!context.Tenant.Uploads.TryGet(key, out var upload) || UploadRules.IsExpired(upload, context.Now)) throw Refusals.FileNotFound(key);
        var attached = new FileDocument(UploadRules.NewRecordKey(), upload.Blob, upload.Name, upload.ContentType, upload.Size, context.App, context.Record, field.Code);
        context.Transaction.Remove(context.Tenant.Uploads, upload);
        context.Transaction.Put(context.Tenant.Files, attached);
        return attached.FileKey;
    }
}
