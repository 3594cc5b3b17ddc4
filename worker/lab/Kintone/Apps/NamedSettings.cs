using System.Globalization;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Query;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Apps;

/// <summary>Settings that are named entries with ids: reports (graphs) and actions. They are kept and given back, not acted on. Source: kintone, "グラフの設定を変更する", "アクションの設定を変更する".</summary>
internal static class NamedSettings
{
    private const int FirstId = 1;

    /// <summary>The settings with new entries: they replace all that were; one of the same name keeps its id.</summary>
    /// <exception cref="Refusal">An entry is malformed, or its condition or a field in it is at fault.</exception>
    public static AppSettings Replace(AppSettings settings, string part, JObject given, DateTimeOffset now)
    {
        var before = (JObject)settings.Extras[part]![part]!;
        var form = new Form(settings.Fields);
        var binder = QueryBinder.ForSettings(form, now);
        var lastId = before.Properties().Select(entry => Scalar.Whole(entry.Value["id"]) ?? 0).DefaultIfEmpty(FirstId - 1).Max();
        var entries = new JObject();
        foreach (var (name, token) in given)
        {
            var entry = token as JObject ?? throw Refusals.Invalid($"{part}.{name}", MessageId.WrongType);
            var id = before[name]?["id"] ?? (++lastId).ToString(CultureInfo.InvariantCulture);
            var filter = Scalar.Text(entry["filterCond"]) ?? "";
            binder.Bind(QueryParser.ParseCondition(filter));
            foreach (var code in FieldsNamed(entry))
                if (!form.TryGet(code, out _)) throw Refusals.UnknownFieldInSettings(code);
            var shown = new JObject(entry)
            {
                ["id"] = id,
                ["name"] = Scalar.Text(entry["name"]) is { Length: > 0 } renamed ? renamed : name,
                ["index"] = Scalar.Text(entry["index"]) is { Length: > 0 } index ? index : "0",
                ["filterCond"] = filter,
            };
            entries[(string)shown["name"]!] = shown;
        }

        return settings with { Extras = new JObject(settings.Extras) { [part] = new JObject { [part] = entries } } };
    }

    /// <summary>The ids by name, as the writing call answers them.</summary>
    public static JObject Ids(AppSettings settings, string part) =>
        new(((JObject)settings.Extras[part]![part]!).Properties().Select(entry => new JProperty(entry.Name, new JObject { ["id"] = entry.Value["id"] })));

    /// <summary>The fields of this app that a report groups and sums, or that an action copies from.</summary>
    private static IEnumerable<string> FieldsNamed(JObject entry)
    {
        var inReport = new[] { "groups", "aggregations" }.SelectMany(list => entry[list] as JArray ?? []).Select(item => item["code"]);
        var inAction = (entry["mappings"] as JArray ?? []).Where(mapping => (string?)mapping["srcType"] == "FIELD").Select(mapping => mapping["srcField"]);
        return inReport.Concat(inAction).Select(Scalar.Text).OfType<string>().Where(code => code.Length > 0);
    }
}
