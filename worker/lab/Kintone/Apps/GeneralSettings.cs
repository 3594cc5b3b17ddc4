using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Files;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Apps;

/// <summary>Name, description, icon, theme and switches of an app. Source: kintone, "アプリの一般設定を変更する".</summary>
internal static class GeneralSettings
{
    private const int MaxName = 64;
    private const int MaxDescription = 10_000;
    private const int MaxDigits = 30;
    private const int MaxPlaces = 10;
    private const string Icon = "icon";

    private static readonly string[] Themes = ["WHITE", "CLIPBOARD", "BINDER", "PENCIL", "CLIPS", "RED", "GREEN", "BLUE", "YELLOW", "BLACK"];
    private static readonly string[] Roundings = ["HALF_EVEN", "UP", "DOWN"];

    /// <summary>The settings with what the request names.</summary>
    /// <exception cref="Refusal">A value is at fault.</exception>
    public static AppSettings Change(Call call, AppSettings settings)
    {
        var given = call.Parameters;
        var general = new JObject(settings.General);
        foreach (var (name, before) in settings.General)
        {
            if (!given.Has(name)) continue;
            general[name] = before!.Type switch
            {
                JTokenType.Boolean => given.Flag(name),
                JTokenType.String => given.OptionalText(name),
                _ => given.Object(name),
            };
        }

        CheckTexts(general);
        if (given.Has(Icon)) general[Icon] = IconOf(call, given.Object(Icon));
        if (given.Has("titleField")) general["titleField"] = TitleField(given.Object("titleField"), new Form(settings.Fields));
        if (given.Has("numberPrecision")) general["numberPrecision"] = Precision(given.Object("numberPrecision"), (JObject)settings.General["numberPrecision"]!);
        return settings with { General = general };
    }

    private static void CheckTexts(JObject general)
    {
        var name = Scalar.Text(general["name"]) ?? "";
        if (name.Length == 0) throw Refusals.Invalid("name", MessageId.Required);
        if (name.Length > MaxName) throw Refusals.Invalid("name", MessageId.TooLong, MaxName + 1);
        if ((Scalar.Text(general["description"]) ?? "").Length > MaxDescription) throw Refusals.Invalid("description", MessageId.TooLong, MaxDescription + 1);
        if (!Themes.Contains((string?)general["theme"])) throw Refusals.Invalid("theme", MessageId.UnknownChoice);
        if (Scalar.Whole(general["firstMonthOfFiscalYear"]) is not (>= 1 and <= 12)) throw Refusals.Invalid("firstMonthOfFiscalYear", MessageId.OutOfRange, 1, 12);
    }

    private static JObject IconOf(Call call, JObject given) => (string?)given["type"] switch
    {
        "PRESET" => new JObject { ["type"] = "PRESET", ["key"] = Scalar.Text(given["key"]) is { Length: > 0 } key ? key : throw Refusals.Invalid("icon.key", MessageId.Required) },
        "FILE" => new JObject
        {
            ["type"] = "FILE",
            ["file"] = new JObject { ["fileKey"] = AppFiles.Attach(call, SettingsEdit.AppId(call), Icon, Scalar.Text(given["file"]?["fileKey"]) ?? "") },
        },
        _ => throw Refusals.Invalid("icon.type", MessageId.UnknownChoice),
    };

    private static JObject TitleField(JObject given, Form form)
    {
        if ((string?)given["selectionMode"] == "AUTO") return new JObject { ["selectionMode"] = "AUTO" };
        if ((string?)given["selectionMode"] != "MANUAL") throw Refusals.Invalid("titleField.selectionMode", MessageId.UnknownChoice);
        var code = Scalar.Text(given["code"]) ?? "";
        return form.TryGet(code, out _) ? new JObject { ["selectionMode"] = "MANUAL", ["code"] = code } : throw Refusals.UnknownFieldInSettings(code);
    }

    private static JObject Precision(JObject given, JObject before)
    {
        var precision = new JObject();
        foreach (var (name, kept) in before) precision[name] = Scalar.Text(given[name] ?? kept);
        if (Scalar.Whole(precision["digits"]) is not (>= 1 and <= MaxDigits)) throw Refusals.Invalid("numberPrecision.digits", MessageId.OutOfRange, 1, MaxDigits);
        if (Scalar.Whole(precision["decimalPlaces"]) is not (>= 0 and <= MaxPlaces)) throw Refusals.Invalid("numberPrecision.decimalPlaces", MessageId.OutOfRange, 0, MaxPlaces);
        if (!Roundings.Contains((string?)precision["roundingMode"])) throw Refusals.Invalid("numberPrecision.roundingMode", MessageId.UnknownChoice);
        return precision;
    }
}
