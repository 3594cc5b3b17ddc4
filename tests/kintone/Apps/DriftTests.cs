using Newtonsoft.Json.Linq;
using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Support;

namespace VulnDiag.Kintone.Apps;

/// <summary>A coordinator who knows kintone's pages changes something by hand, in every kind of setting: the check says so in a line, and what is put back is no drift.</summary>
[Trait("Category", "Slow")]
public sealed class DriftTests(InstalledTenant installed) : IClassFixture<InstalledTenant>
{
    private readonly Tenant tenant = installed.Tenant;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    // Fields: words, duties, limits, choices, columns.
    [InlineData("app/form/fields.json", "properties.医療機関名.label", "'病院名'", "~ engagement fields 医療機関名.label: \"病院名\" → ")]
    [InlineData("app/form/fields.json", "properties.医療機関名.required", "toggle", "~ engagement fields 医療機関名.required")]
    [InlineData("app/form/fields.json", "properties.医療機関名.maxLength", "'3'", "~ engagement fields 医療機関名.maxLength")]
    [InlineData("app/form/fields.json", "properties.医療機関名.unique", "toggle", "~ engagement fields 医療機関名.unique")]
    [InlineData("app/form/fields.json", "properties.医療機関名.defaultValue", "'x'", "~ engagement fields 医療機関名.defaultValue")]
    [InlineData("app/form/fields.json", "properties.静観対応.options.依頼する", "remove", "+ engagement fields 静観対応.options.依頼する")]
    [InlineData("app/form/fields.json", "properties.静観対応.options.保留", "{'label':'保留','index':'2'}", "- engagement fields 静観対応.options.保留")]
    [InlineData("app/form/fields.json", "properties.対象回線.fields.型番.label", "'機種'", "~ engagement fields 対象回線.fields.型番.label")]
    // The form.
    [InlineData("app/form/layout.json", "layout", "swap", "~ engagement layout order: ")]
    [InlineData("app/form/layout.json", "layout[1].fields", "swap", "engagement layout")]
    [InlineData("app/form/layout.json", "layout[1].fields[0].size.width", "'400'", "engagement layout")]
    [InlineData("app/form/layout.json", "layout[0].fields[0].label", "'見出し'", "engagement layout")]
    // The app.
    [InlineData("app/settings.json", "description", "'別の説明'", "~ engagement app description")]
    [InlineData("app/settings.json", "theme", "'RED'", "~ engagement app theme: \"RED\" → \"WHITE\"")]
    [InlineData("app/settings.json", "icon.key", "'APP60'", "~ engagement app icon.key")]
    [InlineData("app/settings.json", "titleField", "{'selectionMode':'AUTO'}", "engagement app titleField")]
    [InlineData("app/settings.json", "enableComments", "toggle", "~ engagement app enableComments")]
    [InlineData("app/settings.json", "enableBulkDeletion", "toggle", "~ engagement app enableBulkDeletion")]
    [InlineData("app/settings.json", "numberPrecision.decimalPlaces", "'2'", "~ engagement app numberPrecision.decimalPlaces")]
    [InlineData("app/settings.json", "firstMonthOfFiscalYear", "'1'", "~ engagement app firstMonthOfFiscalYear")]
    // Views.
    [InlineData("app/views.json", "views.要対応.filterCond", "''", "~ engagement views 要対応.filterCond")]
    [InlineData("app/views.json", "views.要対応.sort", "'期限 desc'", "~ engagement views 要対応.sort")]
    [InlineData("app/views.json", "views.要対応.fields", "swap", "~ engagement views 要対応.fields order")]
    [InlineData("app/views.json", "views.要対応.fields[1]", "remove", "+ engagement views 要対応.fields[医療機関名]")]
    [InlineData("app/views.json", "views.要対応", "remove", "+ engagement views 要対応")]
    [InlineData("app/views.json", "views.手製", "{'type':'LIST','name':'手製','index':'9','fields':['医療機関名']}", "- engagement views 手製")]
    // Process management.
    [InlineData("app/status.json", "actions[0].name", "'送信'", "+ engagement status actions[提出 (回答待ち)]")]
    [InlineData("app/status.json", "actions[0].to", "'中止'", "~ engagement status actions[提出 (回答待ち)].to")]
    [InlineData("app/status.json", "actions[0].filterCond", "'医療機関名 != \"\"'", "~ engagement status actions[提出 (回答待ち)].filterCond")]
    [InlineData("app/status.json", "actions[1]", "remove", "+ engagement status actions[不備の確認依頼 (ヒアリング受付)]")]
    [InlineData("app/status.json", "actions", "swap", "~ engagement status actions order")]
    [InlineData("app/status.json", "actions[1].executableUser.entities[0].entity.code", "'hospitals'", "engagement status actions[不備の確認依頼 (ヒアリング受付)].executableUser")]
    [InlineData("app/status.json", "states.ヒアリング受付.assignee.type", "'ALL'", "~ engagement status states.ヒアリング受付.assignee.type")]
    [InlineData("app/status.json", "states.ヒアリング受付.assignee.entities[1]", "remove", "+ engagement status states.ヒアリング受付.assignee.entities[GROUP coordinators]")]
    [InlineData("app/status.json", "states.保留", "{'name':'保留','index':'99','assignee':{'type':'ONE','entities':[]}}", "- engagement status states.保留")]
    [InlineData("app/status.json", "enable", "toggle", "~ engagement status enable")]
    // Rights.
    [InlineData("app/acl.json", "rights[?(@.entity.code == 'hospitals')].recordDeletable", "toggle", "~ engagement app-acl [GROUP hospitals].recordDeletable")]
    [InlineData("app/acl.json", "rights[?(@.entity.code == 'everyone')].recordViewable", "toggle", "~ engagement app-acl [GROUP everyone].recordViewable: true → false")]
    [InlineData("app/acl.json", "rights", "swap", "~ engagement app-acl order")]
    [InlineData("record/acl.json", "rights[0].entities[4].editable", "toggle", "engagement record-acl [")]
    [InlineData("record/acl.json", "rights[0].filterCond", "''", "engagement record-acl [")]
    [InlineData("record/acl.json", "rights[0].entities[0]", "remove", ".entities[GROUP worker]")]
    [InlineData("record/acl.json", "rights", "swap", "~ engagement record-acl order")]
    [InlineData("field/acl.json", "rights[0].entities[0].accessibility", "'WRITE'", "~ engagement field-acl [医療機関ユーザー].entities[GROUP hospitals].accessibility: \"WRITE\" → \"READ\"")]
    [InlineData("field/acl.json", "rights[0]", "remove", "+ engagement field-acl [医療機関ユーザー]")]
    // Notifications.
    [InlineData("app/notifications/general.json", "notifications[0].commentAdded", "toggle", "~ engagement notifications general.notifications[FIELD_ENTITY 医療機関ユーザー].commentAdded")]
    [InlineData("app/notifications/general.json", "notifications[1]", "remove", "+ engagement notifications general.notifications[GROUP coordinators]")]
    [InlineData("app/notifications/general.json", "notifyToCommenter", "toggle", "~ engagement notifications general.notifyToCommenter")]
    [InlineData("app/notifications/perRecord.json", "notifications[0].title", "'見て'", "engagement notifications perRecord.notifications[")]
    [InlineData("app/notifications/perRecord.json", "notifications[0].targets[0].entity.code", "'作成者'", ".targets[FIELD_ENTITY ")]
    [InlineData("app/notifications/perRecord.json", "notifications[0]", "remove", "+ engagement notifications perRecord.notifications[")]
    [InlineData("app/notifications/reminder.json", "notifications[0].timing.daysLater", "'5'", ".timing.daysLater")]
    [InlineData("app/notifications/reminder.json", "timezone", "'Etc/UTC'", "~ engagement notifications reminder.timezone")]
    // Whatever else acts on records or shows them.
    [InlineData("app/customize.json", "desktop.js", "[{'type':'URL','url':'https://example.com/x.js'}]", "- engagement extras customize.desktop.js[URL https://example.com/x.js]")]
    [InlineData("app/customize.json", "scope", "'ADMIN'", "~ engagement extras customize.scope")]
    [InlineData("app/reports.json", "reports.件数", "{'name':'件数','index':'0','chartType':'BAR','chartMode':'NORMAL','groups':[{'code':'医療機関名'}],'aggregations':[{'type':'COUNT'}],'filterCond':'','sorts':[]}", "- engagement extras reports.reports.件数")]
    [InlineData("app/actions.json", "actions.写す", "{'name':'写す','index':'0','destApp':{'app':'1'},'mappings':[{'srcType':'FIELD','srcField':'医療機関名','destField':'x'}],'entities':[],'filterCond':''}", "- engagement extras actions.actions.写す")]
    public async Task A_change_by_hand_is_a_line_of_the_check(string resource, string path, string change, string line)
    {
        var before = await ReadAsync(resource);
        var after = (JObject)before.DeepClone();
        Change(after, path, change);
        await WriteAsync(resource, before, after);
        var check = await tenant.AppsAsCode().CheckAsync(Ct);
        await WriteAsync(resource, after, before);

        check.Sound.ShouldBeFalse();
        check.Lines.ShouldContain(each => each.Contains(line, StringComparison.Ordinal), string.Join('\n', check.Lines));
        check.Lines.ShouldAllBe(static each => each.Length < 400);
        var afterwards = await tenant.AppsAsCode().CheckAsync(Ct);
        afterwards.Sound.ShouldBeTrue(string.Join('\n', afterwards.Lines));
    }

    [Fact]
    public async Task An_app_renamed_by_hand_is_found_by_the_id_file_and_named()
    {
        await using var own = await Tenant.EmptyAsync(Ct);
        var idFile = Path.Combine(Path.GetTempPath(), $"vulndiag-{Guid.NewGuid():N}.json");
        var options = new AppsOptions { Tenant = "t", IdFile = idFile };
        try
        {
            var ids = (await own.AppsAsCode(options: options).ApplyAsync(Ct)).Ids;
            var admin = own.As("admin");
            var revision = (await admin.Settings.GetAsync(ids["engagement"], "app/settings.json", preview: true, Ct)).Number("revision");
            revision = await admin.Settings.PutAsync(ids["engagement"], "app/settings.json", revision, new JObject { ["name"] = "案件(旧)" }, Ct);
            await admin.Deployments.DeployAsync(ids["engagement"], revision, Ct);
            (await own.AppsAsCode(options: options).CheckAsync(Ct)).Lines.ShouldBe(["~ engagement app name: \"案件(旧)\" → \"案件\""]);
            (await own.AppsAsCode(options: options).ApplyAsync(Ct)).Succeeded.ShouldBeTrue();
            (await own.AppsAsCode(options: options).CheckAsync(Ct)).Sound.ShouldBeTrue();
        }
        finally
        {
            File.Delete(idFile);
        }
    }

    private async Task<JObject> ReadAsync(string resource)
    {
        var content = await tenant.As("admin").Settings.GetAsync(tenant.Apps.Engagement, resource, preview: false, Ct);
        content.Remove("revision");
        return content;
    }

    /// <summary>Writes and deploys. kintone changes only the fields that are named, so only those that differ are.</summary>
    private async Task WriteAsync(string resource, JObject from, JObject to)
    {
        var admin = tenant.As("admin");
        var app = tenant.Apps.Engagement;
        var content = (JObject)to.DeepClone();
        if (content["properties"] is JObject properties)
            foreach (var same in properties.Properties().Where(field => JToken.DeepEquals(field.Value, from["properties"]![field.Name])).ToList()) same.Remove();
        var revision = (await admin.Settings.GetAsync(app, "app/settings.json", preview: true, Ct)).Number("revision");
        revision = await admin.Settings.PutAsync(app, resource, revision, content, Ct);
        await admin.Deployments.DeployAsync(app, revision, Ct);
    }

    private static void Change(JObject content, string path, string change)
    {
        var token = content.SelectToken(path);
        switch (change)
        {
            case "toggle":
                token!.Replace(!(bool)token);
                break;
            case "remove":
                if (token!.Parent is JProperty property) property.Remove();
                else token.Remove();
                break;
            case "swap":
                var first = token![0]!;
                first.Remove();
                ((JArray)token).Insert(1, first);
                break;
            default:
                var value = JToken.Parse(change);
                if (token is not null) token.Replace(value);
                else content.SelectToken(path[..path.LastIndexOf('.')])![path[(path.LastIndexOf('.') + 1)..]] = value;
                break;
        }
    }
}
