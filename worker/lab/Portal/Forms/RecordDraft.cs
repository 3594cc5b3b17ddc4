using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone;

namespace VulnDiag.Lab.Portal.Forms;

/// <summary>A record while somebody fills it in: what the form holds, and what it held when the record was read.</summary>
/// <param name="Fields">The fields that can be typed into, tables with the columns that can.</param>
/// <param name="Values">What the form holds, in plain form.</param>
/// <param name="Original">What it held at first; of a new record nothing.</param>
/// <param name="Revision">The revision that was read; null for a new record.</param>
internal sealed record RecordDraft(IReadOnlyList<FieldSpec> Fields, JObject Values, JObject Original, long? Revision)
{
    /// <summary>A draft of a record as the API shows it.</summary>
    public static RecordDraft Of(IReadOnlyList<FieldSpec> fields, JObject record)
    {
        var values = PlainOf(fields, record);
        return new RecordDraft(fields, values, (JObject)values.DeepClone(), PortalValue.Whole(record["$revision"]?["value"]));
    }

    /// <summary>A draft of a new record.</summary>
    public static RecordDraft New(IReadOnlyList<FieldSpec> fields) => new(
        fields,
        new JObject(fields.Select(static field => new JProperty(field.Code, PortalValue.Plain(field, field.Type == "SUBTABLE" ? null : field.Properties["defaultValue"])))),
        [],
        null);

    /// <summary>The original as a hidden input carries it. It is the visitor's to forge: what it leads to is checked like any request.</summary>
    public string OriginalText => LabJson.Write(Original);

    /// <summary>The keys of all files that the form holds: record keys and upload keys.</summary>
    public IEnumerable<string> FileKeys => Fields.SelectMany(FilesOf).Select(static key => (string)key!);

    /// <summary>What the API is to be asked for: the fields that were changed; all of a new record's.</summary>
    public JObject Changes() => new(Fields
        .Where(field => Values[field.Code] is not null && !JToken.DeepEquals(Values[field.Code], Original[field.Code]))
        .Select(field => new JProperty(field.Code, new JObject { ["value"] = PortalValue.ForApi(field, Values[field.Code]!) })));

    /// <summary>Brings what others have written meanwhile together with what was typed: what was typed stays, what was not touched is taken over.</summary>
    /// <returns>The draft on the record as it is now; the fields taken over; the fields that both changed.</returns>
    public (RecordDraft Draft, IReadOnlyList<FieldSpec> Taken, IReadOnlyList<FieldSpec> Disputed) OnTopOf(JObject record)
    {
        var current = PlainOf(Fields, record);
        var values = (JObject)Values.DeepClone();
        var (taken, disputed) = (new List<FieldSpec>(), new List<FieldSpec>());
        foreach (var field in Fields)
        {
            var (now, typed, before) = (current[field.Code], Values[field.Code], Original[field.Code]);
            if (now is null || JToken.DeepEquals(now, before) || JToken.DeepEquals(now, typed)) continue;
            if (JToken.DeepEquals(typed, before))
            {
                values[field.Code] = now.DeepClone();
                taken.Add(field);
            }
            else
            {
                disputed.Add(field);
            }
        }

        return (new RecordDraft(Fields, values, current, PortalValue.Whole(record["$revision"]?["value"])), taken, disputed);
    }

    /// <summary>Adds an empty row at the end of a table.</summary>
    public void AddRow(FieldSpec table) => ((JArray)Values[table.Code]!).Add(PortalValue.NewRow(table));

    /// <summary>Takes a row out of a table.</summary>
    public void RemoveRow(FieldSpec table, long row)
    {
        var rows = (JArray)Values[table.Code]!;
        if (row < rows.Count) rows.RemoveAt((int)row);
    }

    private IEnumerable<JToken> FilesOf(FieldSpec field) => field.Type switch
    {
        "FILE" => Values[field.Code]!,
        "SUBTABLE" => Values[field.Code]!.SelectMany(row => field.Columns.Where(static column => column.Type == "FILE").SelectMany(column => row["cells"]![column.Code]!)),
        _ => [],
    };

    private static JObject PlainOf(IReadOnlyList<FieldSpec> fields, JObject record) => new(fields
        .Where(field => record[field.Code] is not null)
        .Select(field => new JProperty(field.Code, PortalValue.Plain(field, record[field.Code]!["value"]))));
}
