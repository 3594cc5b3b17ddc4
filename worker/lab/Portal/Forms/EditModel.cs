using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Forms;

/// <summary>What a form for a record needs to know: the app's form, the record as the user may see it, and what the user may type into.</summary>
internal sealed record EditModel
{
    /// <summary>The app.</summary>
    public required AppFace App { get; init; }

    /// <summary>The record as the API shows it; nothing of a new one.</summary>
    public required JObject Record { get; init; }

    /// <summary>The record's number; null for a new one.</summary>
    public required long? Number { get; init; }

    /// <summary>The fields that the user may type into, tables with the columns that the user may.</summary>
    public required IReadOnlyList<FieldSpec> Editable { get; init; }

    /// <summary>Whether the record can be written at all.</summary>
    public required bool MayEdit { get; init; }

    /// <summary>Whom a field of users or groups may name, by the field's type; only of fields that the user may write.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Person>> People { get; init; }

    /// <summary>The names of all files that a draft may hold, by key: those of the record, and the user's own uploads. Somebody else's upload is none of them.</summary>
    public IReadOnlyDictionary<string, string> FileNames(Desk desk, RecordDraft draft)
    {
        var names = Record.Descendants().OfType<JObject>()
            .Where(static file => file["fileKey"] is not null)
            .GroupBy(static file => (string)file["fileKey"]!, StringComparer.Ordinal)
            .ToDictionary(static file => file.Key, static file => (string)file.First()["name"]!, StringComparer.Ordinal);
        foreach (var key in draft.FileKeys)
            if (desk.Upload(key) is { } upload) names[key] = upload.Name;
        return names;
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="Refusal">The user may not view the record, or not add one.</exception>
    public static EditModel Read(Desk desk, long app, long? number)
    {
        var face = AppFace.Read(desk, app);
        var record = number is null ? [] : (JObject)desk.Get("record.json", new JObject { ["app"] = app, ["id"] = number })["record"]!;
        var (mayEdit, mayWrite) = number is null ? desk.Adding(app) : Writing(desk, app, number.Value);
        if (number is null && !mayEdit) throw Refusals.NoPermission();
        var editable = face.Fields.Where(field => mayEdit && field.IsTyped && mayWrite(field.Code))
            .Select(field => field.WithColumns(field.Columns.Where(column => column.IsTyped && mayWrite(column.Code)))).ToList();
        var kinds = editable.Concat(editable.SelectMany(static field => field.Columns)).Select(static field => field.Type).Where(static type => type is "USER_SELECT" or "GROUP_SELECT" or "ORGANIZATION_SELECT").Distinct();
        return new EditModel
        {
            App = face,
            Record = record,
            Number = number,
            Editable = editable,
            MayEdit = mayEdit,
            People = kinds.ToDictionary(static type => type, desk.Everybody),
        };
    }

    private static (bool MayEdit, Func<string, bool> MayWrite) Writing(Desk desk, long app, long number)
    {
        var rights = desk.Get("records/acl/evaluate.json", new JObject { ["app"] = app, ["ids"] = new JArray(number) })["rights"]![0]!;
        return ((bool)rights["record"]!["editable"]!, code => rights["fields"]![code]?["editable"] is JValue { Value: true });
    }
}
