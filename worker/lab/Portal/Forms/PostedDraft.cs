using System.Globalization;
using Microsoft.AspNetCore.Http;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Files;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Forms;

/// <summary>Reads a draft from what a form sent. Files that it brought are uploaded at once, so that they need not be chosen again when the form comes back.</summary>
internal sealed class PostedDraft(Visit visit)
{
    /// <summary>The hidden input with what the form held at first.</summary>
    public const string OriginalInput = "original";

    /// <summary>The hidden input with the revision.</summary>
    public const string RevisionInput = "revision";

    /// <summary>Most rows that a form may send for a table.</summary>
    private const int MostRows = 2_000;

    private readonly Dictionary<string, List<string>> _uploaded = new(StringComparer.Ordinal);

    /// <summary>The draft.</summary>
    /// <param name="fields">The fields that can be typed into.</param>
    /// <exception cref="Refusal">The hidden inputs were broken.</exception>
    public async Task<RecordDraft> ReadAsync(IReadOnlyList<FieldSpec> fields)
    {
        await UploadAsync(fields);
        var values = new JObject(fields.Select(field => new JProperty(field.Code, field.Type == "SUBTABLE" ? Rows(field) : Value(field, FormInput.Field(field.Code)))));
        return new RecordDraft(fields, values, Original(), PortalValue.Whole(visit.Posted(RevisionInput)));
    }

    private async Task UploadAsync(IReadOnlyList<FieldSpec> fields)
    {
        if (!fields.Concat(fields.SelectMany(static field => field.Columns)).Any(static field => field.Type == "FILE")) return;
        var shelf = new UploadShelf(visit.Site.Parts.Tenant, visit.Site.Parts.Blobs);
        foreach (var file in visit.Form.Files.Where(static file => file.FileName.Length > 0))
        {
            await using var content = file.OpenReadStream();
            var upload = await shelf.KeepAsync(content, FileNames.Tidy(file.FileName), file.ContentType, visit.Session!.User!, visit.Site.Clock.Now, visit.Gone);
            if (!_uploaded.TryGetValue(file.Name, out var keys)) _uploaded[file.Name] = keys = [];
            keys.Add(upload.UploadKey);
        }
    }

    private JArray Rows(FieldSpec table)
    {
        var prefix = FormInput.Row(table.Code, 0)[..^1];
        var indexes = visit.Form.Keys
            .Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(key => PortalValue.Whole(key[prefix.Length..]))
            .OfType<long>().Order().Take(MostRows);
        return new JArray(indexes.Select(index => new JObject
        {
            ["id"] = visit.Posted(FormInput.Row(table.Code, (int)index)),
            ["cells"] = new JObject(table.Columns.Select(column => new JProperty(
                column.Code,
                Value(column, FormInput.Cell(table.Code, index.ToString(CultureInfo.InvariantCulture), column.Code))))),
        }));
    }

    private JToken Value(FieldSpec field, string input) => field.Type switch
    {
        "FILE" => new JArray(Kept(input).Concat(_uploaded.GetValueOrDefault(FormInput.NewFiles(input), []))),
        "CHECK_BOX" or "MULTI_SELECT" or "USER_SELECT" or "GROUP_SELECT" or "ORGANIZATION_SELECT" => new JArray(visit.Form[input].Where(static value => !string.IsNullOrEmpty(value))),
        "DATETIME" => PortalValue.Instant(visit.Posted(input)),
        _ => visit.Posted(input).ReplaceLineEndings("\n"),
    };

    private IEnumerable<string?> Kept(string input)
    {
        var dropped = visit.Form[FormInput.DroppedFiles(input)].ToHashSet(StringComparer.Ordinal);
        return visit.Form[FormInput.KeptFiles(input)].Where(key => !dropped.Contains(key));
    }

    private JObject Original()
    {
        var text = visit.Posted(OriginalInput);
        try
        {
            return text.Length == 0 ? [] : LabJson.Parse(text) as JObject ?? throw Refusals.IllegalRequest();
        }
        catch (JsonException)
        {
            throw Refusals.IllegalRequest();
        }
    }
}
