using Newtonsoft.Json.Linq;
using VulnDiag.TestSupport;
using static VulnDiag.Lab.Kintone.KintoneFixture;

namespace VulnDiag.Lab.Kintone;

/// <summary>The project's own app definitions, as a real use of the settings calls: what is written must come back the same.</summary>
public sealed class ProjectAppsTests(KintoneFixture kintone) : IClassFixture<KintoneFixture>
{
    // An app that links to another comes after it.
    private static readonly string[] Apps = ["finding", "communication", "exclusion", "vendor", "engagement"];

    [Fact]
    public async Task They_install_and_read_back_as_written()
    {
        foreach (var group in new[] { "hospitals", "coordinators", "analysts", "approvers", "worker" })
            await kintone.Emulator.Admin.AddGroupAsync(group, group, CancellationToken.None);
        var ids = new Dictionary<string, long>();
        foreach (var name in Apps) ids[name] = (long)Ok(await kintone.Admin.Post("preview/app", new { name })).Body["app"]!;
        foreach (var name in Apps) await Install(name, ids);
        Ok(await kintone.Admin.Post("preview/app/deploy", new { apps = ids.Values.Select(app => new { app }) }));
        foreach (var name in Apps)
            foreach (var (resource, file, parts) in Settings(name, ids))
                await CompareAsync(name, ids[name], resource, file, parts);
    }

    private async Task Install(string name, Dictionary<string, long> ids)
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

    private static IEnumerable<(string Resource, JObject File, string[] Parts)> Settings(string name, Dictionary<string, long> ids)
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

    private async Task CompareAsync(string name, long app, string resource, JObject file, string[] parts)
    {
        var live = Ok(await kintone.Admin.Get(resource, $"app={app}")).Body;
        foreach (var part in parts)
        {
            var (written, read) = (file[part], WithoutIds(live[part]!));
            JToken.DeepEquals(Sorted(written!), Sorted(read)).ShouldBeTrue($"{name} {resource} {part}\nwritten {Sorted(written!)}\nread {Sorted(read)}");
        }
    }

    private static JObject Read(string name, string file, Dictionary<string, long> ids)
    {
        var text = File.ReadAllText(Path.Combine(SharedMaterial.RepositoryRoot, "kintone-app-def", name, file));
        foreach (var (app, id) in ids) text = text.Replace($"${{{app}}}", id.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return JObject.Parse(text);
    }

    private static JToken WithoutIds(JToken token)
    {
        foreach (var view in token is JObject views ? views.Properties().Select(property => property.Value).OfType<JObject>() : []) view.Remove("id");
        return token;
    }

    private static JToken Sorted(JToken token) => token switch
    {
        JObject item => new JObject(item.Properties().OrderBy(property => property.Name, StringComparer.Ordinal).Select(property => new JProperty(property.Name, Sorted(property.Value)))),
        JArray list => new JArray(list.Select(Sorted)),
        _ => token,
    };
}
