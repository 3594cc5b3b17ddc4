using System.Globalization;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Formulas;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Apps;

/// <summary>Adds, changes and deletes fields of a form's settings. Source: kintone, "フィールドを追加する" and its neighbours.</summary>
internal static class FieldSettings
{
    private const int MaxCode = 128;

    private static readonly JObject Defaults = (JObject)LabData.Read("field-properties.json");
    private static readonly JObject BuiltIn = (JObject)LabData.Read("built-in-fields.ja.json");

    /// <summary>The settings with new fields. A table that is already there gets the new columns.</summary>
    /// <exception cref="Refusal">A code is taken, reserved or malformed, or a property is at fault.</exception>
    public static AppSettings Add(AppSettings settings, JObject added)
    {
        var fields = new JObject(settings.Fields);
        var layout = new JArray(settings.Layout);
        var taken = new Form(fields).All.Select(field => field.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var (code, given) in added)
        {
            var properties = Properties(code, given);
            if (fields[code] is JObject table && (string?)table["type"] == "SUBTABLE" && properties["fields"] is JObject columns)
            {
                fields[code] = WithColumns(table, columns, taken);
                continue;
            }

            Claim(code, taken);
            var field = Complete(code, properties, $"properties.{code}");
            if (field["fields"] is JObject inner) field["fields"] = WithColumns(new JObject { ["fields"] = new JObject() }, inner, taken)["fields"];
            fields[code] = field;
            layout.Add(LayoutSettings.RowFor(field));
        }

        return settings with { Fields = fields, Layout = layout };
    }

    /// <summary>The settings with changed fields: only the properties given change.</summary>
    /// <exception cref="Refusal">A field is not there, or a property is at fault.</exception>
    public static AppSettings Update(AppSettings settings, JObject changed)
    {
        var fields = new JObject();
        var renames = new DraftRenames(settings);
        foreach (var code in changed.Properties().Select(property => property.Name))
            if (settings.Fields[code] is null) throw Refusals.UnknownFieldInSettings(code);
        foreach (var (code, before) in settings.Fields)
        {
            var given = changed[code] is { } change ? Properties(code, change) : null;
            var field = given is null ? (JObject)before! : Merge((JObject)before!, given, code, renames);
            fields[(string)field["code"]!] = field;
        }

        return settings with
        {
            Fields = fields,
            Renames = renames.Fields,
            OptionRenames = renames.Options,
            Layout = LayoutSettings.Renamed(settings.Layout, renames.Fields),
        };
    }

    /// <summary>The settings without some fields; a column is named by its own code.</summary>
    /// <exception cref="Refusal">A field is not there, or is built in.</exception>
    public static AppSettings Delete(AppSettings settings, IReadOnlyList<string> codes)
    {
        var fields = (JObject)settings.Fields.DeepClone();
        foreach (var code in codes)
        {
            if (BuiltIn[code] is JObject builtIn && builtIn["enabled"] is not null) throw Refusals.Invalid("fields", MessageId.ReservedCode, code);
            if (fields.Remove(code)) continue;
            var table = fields.Properties().Select(property => property.Value["fields"]).OfType<JObject>().FirstOrDefault(columns => columns[code] is not null);
            if (table is null) throw Refusals.UnknownFieldInSettings(code);
            table.Remove(code);
        }

        return settings with { Fields = fields, Layout = LayoutSettings.Without(settings.Layout, codes) };
    }

    private static JObject Properties(string code, JToken? given) =>
        given as JObject ?? throw Refusals.Invalid($"properties.{code}", MessageId.WrongType);

    private static void Claim(string code, HashSet<string> taken)
    {
        if (BuiltIn[code] is JObject builtIn && builtIn["enabled"] is not null) throw Refusals.Invalid($"properties.{code}.code", MessageId.ReservedCode, code);
        var wellFormed = code.Length is > 0 and <= MaxCode && !char.IsAsciiDigit(code[0])
            && code.All(letter => char.IsLetterOrDigit(letter) || char.IsSurrogate(letter) || "_\uFF3F\uFF65\u30FB\uFF04\uFFE5$".Contains(letter, StringComparison.Ordinal));
        if (!wellFormed) throw Refusals.Invalid($"properties.{code}.code", MessageId.ReservedCode, code);
        if (!taken.Add(code)) throw Refusals.Invalid($"properties.{code}.code", MessageId.DuplicateCode, code);
    }

    private static JObject WithColumns(JObject table, JObject added, HashSet<string> taken)
    {
        var columns = new JObject((JObject)table["fields"]!);
        foreach (var (code, given) in added)
        {
            Claim(code, taken);
            columns[code] = Complete(code, Properties(code, given), $"properties.{code}");
        }

        return new JObject(table) { ["fields"] = columns };
    }

    /// <summary>The field's properties as kintone shows them: type, code and label first, then what its type has, given or by default.</summary>
    private static JObject Complete(string code, JObject given, string path)
    {
        var type = (string?)given["type"];
        if (!FieldTypes.Exists(type)) throw Refusals.Invalid($"{path}.type", MessageId.UnknownChoice);
        if (Scalar.Text(given["code"]) is { Length: > 0 } own && own != code) throw Refusals.Invalid($"{path}.code", MessageId.WrongType);
        var defaults = (JObject)Defaults[given["lookup"] is JObject ? "LOOKUP" : type!]!;
        var field = new JObject { ["type"] = type, ["code"] = code, ["label"] = Scalar.Text(given["label"]) is { Length: > 0 } label ? label : code };
        foreach (var (name, preset) in defaults) field[name] = Normalise(name, given[name] ?? preset!, preset!, path);
        CheckFormula(field);
        return field;
    }

    private static JObject Merge(JObject before, JObject given, string code, DraftRenames renames)
    {
        var defaults = (JObject)Defaults[before["lookup"] is JObject ? "LOOKUP" : (string)before["type"]!]!;
        var after = new JObject(before);
        if (given["type"] is { } type && (string?)type != (string?)before["type"]) throw Refusals.Invalid($"properties.{code}.type", MessageId.WrongType);
        if (Scalar.Text(given["label"]) is { Length: > 0 } label) after["label"] = label;
        if (given["options"] is JObject options) RelabelOptions(after, code, options, renames);
        if (Scalar.Text(given["code"]) is { Length: > 0 } renamed && renamed != code)
        {
            after["code"] = renamed;
            renames.Field(code, renamed);
        }

        foreach (var (name, preset) in defaults)
        {
            if (given[name] is not { } value) continue;
            after[name] = name == "fields" ? MergeColumns((JObject)before[name]!, (JObject)value, renames) : Normalise(name, value, preset!, $"properties.{code}");
        }

        CheckFormula(after);
        return after;
    }

    /// <summary>A relabelled option stays chosen, in records and in the field's default.</summary>
    private static void RelabelOptions(JObject field, string code, JObject options, DraftRenames renames)
    {
        renames.OptionsOf(code, options);
        var labels = options.Properties().ToDictionary(option => option.Name, option => Scalar.Text((option.Value as JObject)?["label"]) is { Length: > 0 } label ? label : option.Name);
        if (field["defaultValue"] is { } preset) field["defaultValue"] = DraftRenames.Relabelled(labels, preset);
    }

    private static void CheckFormula(JObject field)
    {
        var formula = (string?)field["expression"] ?? "";
        var isNeeded = (string?)field["type"] == "CALC";
        if (formula.Length == 0 && !isNeeded) return;
        try
        {
            FormulaParser.Parse(formula);
        }
        catch (FormulaFault)
        {
            throw new Refusal(400, "GAIA_IL01", MessageId.BadFormula);
        }
    }

    private static JObject MergeColumns(JObject before, JObject given, DraftRenames renames)
    {
        foreach (var code in given.Properties().Select(property => property.Name))
            if (before[code] is null) throw Refusals.UnknownFieldInSettings(code);
        var merged = before.Properties().Select(column => given[column.Name] is JObject change
            ? Merge((JObject)column.Value, change, column.Name, renames)
            : (JObject)column.Value);
        return new JObject(merged.Select(column => new JProperty((string)column["code"]!, column)));
    }

    /// <summary>A property in the form in which kintone answers it: switches as switches, limits as text, options with label and index.</summary>
    private static JToken Normalise(string name, JToken given, JToken preset, string path) => (name, preset.Type) switch
    {
        ("options", _) => Options(given as JObject ?? [], path),
        ("lookup" or "referenceTable", _) => given,
        (_, JTokenType.Boolean) => Scalar.Text(given)?.ToUpperInvariant() == "TRUE",
        (_, JTokenType.String) => Scalar.Text(given) ?? throw Refusals.Invalid($"{path}.{name}", MessageId.WrongType),
        (_, JTokenType.Array) => given is JArray ? given : new JArray(),
        _ => given,
    };

    private static JObject Options(JObject given, string path)
    {
        var options = new JObject();
        foreach (var (name, option) in given.Properties().OrderBy(option => Scalar.Whole(option.Value["index"]) ?? long.MaxValue).Select(option => (option.Name, option.Value)))
        {
            if (option is not JObject) throw Refusals.Invalid($"{path}.options.{name}", MessageId.WrongType);
            var label = Scalar.Text(option["label"]) is { Length: > 0 } written ? written : name;
            options[label] = new JObject { ["label"] = label, ["index"] = options.Count.ToString(CultureInfo.InvariantCulture) };
        }

        return options;
    }
}
