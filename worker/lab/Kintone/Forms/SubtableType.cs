using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;

namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>A table: rows with ids, each with a value for every column.</summary>
internal sealed class SubtableType : FieldType
{
    /// <inheritdoc/>
    public override string Name => "SUBTABLE";

    /// <inheritdoc/>
    public override ValueFamily Family => ValueFamily.None;

    /// <inheritdoc/>
    public override JToken Empty => new JArray();

    /// <inheritdoc/>
    public override JToken Take(Field field, JToken? given, FieldPath path, WriteContext context) =>
        Take(field, given, [], path, context);

    /// <summary>Takes the rows of an update: they replace <paramref name="before"/>; a row sent with its id keeps the columns that it does not name.</summary>
    public JToken Take(Field field, JToken? given, JArray before, FieldPath path, WriteContext context)
    {
        if (given is null or JValue { Value: null or "" }) return Empty;
        if (given is not JArray rows || rows.Any(row => row is not JObject))
        {
            context.Faults.Add(path.With(".value"), MessageId.WrongType);
            return Empty;
        }

        var taken = new JArray();
        for (var index = 0; index < rows.Count; index++)
        {
            var row = (JObject)rows[index];
            var known = before.FirstOrDefault(old => (string?)old["id"] == Scalar.Text(row["id"])) as JObject;
            taken.Add(TakeRow(field, index, row["value"] as JObject ?? [], known, path, context));
        }

        return taken;
    }

    /// <inheritdoc/>
    public override JToken Show(Field field, JToken stored, IDirectory directory) =>
        throw new NotSupportedException("A table is shown column by column, after the columns' rights.");

    private static JObject TakeRow(Field table, int index, JObject given, JObject? before, FieldPath path, WriteContext context)
    {
        var values = new JObject();
        foreach (var column in table.Columns.Where(column => column.Type.HasValue))
        {
            var isGiven = column.Type.Writable && given[column.Code] is JObject;
            if (isGiven && !context.MayWrite(column)) throw Refusals.FieldNotEditable(column.Code);
            values[column.Code] = (isGiven, before?["value"]?[column.Code]) switch
            {
                (true, _) => column.Type.Take(column, given[column.Code]!["value"], path.Column(index, column.Code), context),
                (false, { } kept) => kept,
                _ => column.Type.Default(column, context),
            };
        }

        return new JObject { ["id"] = before?["id"] ?? State.Keys.Of(context.NextRow()), ["value"] = values };
    }
}
