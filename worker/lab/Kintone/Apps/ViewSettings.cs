using System.Globalization;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Query;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Apps;

/// <summary>The app's views. Source: kintone, "一覧の設定を変更する".</summary>
internal static class ViewSettings
{
    /// <summary>The settings with new views: they replace all that were, a view of the same name keeps its id.</summary>
    /// <exception cref="Refusal">A view's type, condition, order or field is at fault.</exception>
    public static AppSettings Replace(AppSettings settings, JObject given, DateTimeOffset now)
    {
        var form = new Form(settings.Fields);
        var lastId = settings.Views.Properties().Select(view => Scalar.Whole(view.Value["id"]) ?? 0).DefaultIfEmpty(20).Max();
        var views = new JObject();
        foreach (var (name, token) in given)
        {
            var view = token as JObject ?? throw Refusals.Invalid($"views.{name}", MessageId.WrongType);
            var id = settings.Views[name]?["id"] ?? (++lastId).ToString(CultureInfo.InvariantCulture);
            var complete = Complete(name, view, id, form, now);
            views[(string)complete["name"]!] = complete;
        }

        return settings with { Views = views };
    }

    /// <summary>The ids by name, as the writing call answers them.</summary>
    public static JObject Ids(AppSettings settings) =>
        new(settings.Views.Properties().Select(view => new JProperty(view.Name, new JObject { ["id"] = view.Value["id"] })));

    private static JObject Complete(string name, JObject view, JToken id, Form form, DateTimeOffset now)
    {
        var type = (string?)view["type"];
        var own = type switch
        {
            "LIST" => new JObject { ["fields"] = Fields(view, form) },
            "CALENDAR" => new JObject { ["date"] = view["date"], ["title"] = view["title"] },
            "CUSTOM" => new JObject { ["html"] = view["html"] ?? "", ["pager"] = view["pager"] ?? false, ["device"] = view["device"] ?? "DESKTOP" },
            _ => throw Refusals.Invalid($"views.{name}.type", MessageId.UnknownChoice),
        };
        var filter = Scalar.Text(view["filterCond"]) ?? "";
        var sort = Scalar.Text(view["sort"]) ?? "";
        Check(filter, sort, form, now);
        var complete = new JObject
        {
            ["type"] = type,
            ["id"] = id,
            ["name"] = Scalar.Text(view["name"]) is { Length: > 0 } renamed ? renamed : name,
            ["filterCond"] = filter,
            ["sort"] = sort,
            ["index"] = Scalar.Text(view["index"]) is { Length: > 0 } index ? index : "0",
        };
        if (view["builtinType"] is { } builtIn) complete["builtinType"] = builtIn;
        complete.Merge(own);
        return complete;
    }

    private static JArray Fields(JObject view, Form form)
    {
        var codes = view["fields"] as JArray ?? [];
        foreach (var code in codes)
            if (!form.TryGet((string?)code ?? "", out _)) throw Refusals.UnknownFieldInSettings((string?)code ?? "");
        return codes;
    }

    private static void Check(string filter, string sort, Form form, DateTimeOffset now)
    {
        var binder = QueryBinder.ForSettings(form, now);
        binder.Bind(QueryParser.ParseCondition(filter));
        if (sort.Length == 0) return;
        foreach (var key in QueryParser.Parse("order by " + sort).Order) binder.FieldOf(key.Field);
    }
}
