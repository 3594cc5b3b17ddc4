using Newtonsoft.Json.Linq;
using static VulnDiag.Lab.Kintone.KintoneFixture;

namespace VulnDiag.Lab.Kintone;

/// <summary>The project's own app definitions, as a real use of the settings calls: what is written must come back the same.</summary>
public sealed class ProjectAppsTests(KintoneFixture kintone) : IClassFixture<KintoneFixture>
{
    [Fact]
    public async Task They_install_and_read_back_as_written()
    {
        var ids = await ProjectApps.InstallAsync(kintone);
        foreach (var name in ProjectApps.Names)
            foreach (var (resource, file, parts) in ProjectApps.Settings(name, ids))
                await CompareAsync(name, ids[name], resource, file, parts);
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
