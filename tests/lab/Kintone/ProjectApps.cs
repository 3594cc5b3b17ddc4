using Newtonsoft.Json.Linq;
using VulnDiag.TestSupport;
using static VulnDiag.Lab.Kintone.KintoneFixture;

namespace VulnDiag.Lab.Kintone;

/// <summary>The project's own app definitions, installed into a test's emulator by its settings calls.</summary>
internal static class ProjectApps
{
    // An app that links to another comes after it.
    internal static readonly string[] Names = ["finding", "communication", "exclusion", "vendor", "engagement"];

    internal static async Task<Dictionary<string, long>> InstallAsync(KintoneFixture kintone)
    {
        foreach (var group in new[] { "hospitals", "coordinators", "analysts", "approvers", "worker" })
            await kintone.Emulator.Admin.AddGroupAsync(group, group, CancellationToken.None);
        var ids = new Dictionary<string, long>();
        foreach (var name in Names) ids[name] = (long)Ok(await kintone.Admin.Post("preview/app", new { name })).Body["app"]!;
        foreach (var name in Names) await Install(kintone, name, ids);
        Ok(await kintone.Admin.Post("preview/app/deploy", new { apps = ids.Values.Select(app => new { app }) }));
        return ids;
    }

    private static async Task Install(KintoneFixture kintone, string name, Dictionary<string, long> ids)
    {
        var app = ids[name];
        var fields = (JObject)Read(name, "fields.json", ids)["properties"]!;
        var existing = (JObject)Ok(await kintone.Admin.Get("preview/app/form/fields", $"app={app}")).Body["properties"]!;
        var added = new JObject(fields.Properties().Where(field => existing[field.Name] is null));
        Ok(await kintone.Admin.Post("preview/app/form/fields", new { app, properties = added }));
        foreach (var (resource, file, _) in Settings(name, ids).Skip(1))
        {
            var body = (JObject)file.DeepClone();
            body["app"] = app;
            Ok(await kintone.Admin.Put("preview/" + resource, body));
        }
    }

    internal static IEnumerable<(string Resource, JObject File, string[] Parts)> Settings(string name, Dictionary<string, long> ids)
    {
        yield return ("app/form/fields", Read(name, "fields.json", ids), ["properties"]);
        var process = Read(name, "status.json", ids);
        if ((bool)process["enable"]!) yield return ("app/status", process, ["enable", "states", "actions"]);
        yield return ("app/form/layout", Read(name, "layout.json", ids), ["layout"]);
        yield return ("app/views", Read(name, "views.json", ids), ["views"]);
        yield return ("app/settings", Read(name, "app.json", ids), ["name", "description", "titleField"]);
        yield return ("app/acl", Read(name, "app-acl.json", ids), ["rights"]);
        yield return ("field/acl", Read(name, "field-acl.json", ids), ["rights"]);
        yield return ("record/acl", Read(name, "record-acl.json", ids), ["rights"]);
        var notifications = Read(name, "notifications.json", ids);
        foreach (var kind in new[] { "general", "perRecord", "reminder" })
            if (notifications[kind] is JObject one) yield return ($"app/notifications/{kind}", one, ["notifications"]);
    }

    private static JObject Read(string name, string file, Dictionary<string, long> ids)
    {
        var text = File.ReadAllText(Path.Combine(SharedMaterial.RepositoryRoot, "kintone-app-def", name, file));
        foreach (var (app, id) in ids) text = text.Replace($"${{{app}}}", id.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return JObject.Parse(text);
    }
}
