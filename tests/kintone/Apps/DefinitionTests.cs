using System.Reflection;
using Newtonsoft.Json.Linq;
using VulnDiag.Domain;
using VulnDiag.Kintone.Apps.Lint;
using VulnDiag.Kintone.Mapping;
using VulnDiag.TestSupport;

namespace VulnDiag.Kintone.Apps;

/// <summary>The shipped definitions, and the linter that reads them.</summary>
public sealed class DefinitionTests
{
    [Fact]
    public void The_shipped_definitions_have_no_mistake() => AppLinter.Lint(AppDefinition.Embedded()).ShouldBeEmpty();

    [Fact]
    public void The_shipped_files_are_in_canonical_form()
    {
        var root = Path.Combine(SharedMaterial.RepositoryRoot, "kintone-app-def");
        foreach (var path in Directory.GetFiles(root, "*.json", SearchOption.AllDirectories))
            CanonicalJson.Write(JObject.Parse(File.ReadAllText(path))).ShouldBe(File.ReadAllText(path), path);
    }

    [Fact]
    public void Process_management_is_the_life_cycle() => LifecycleCheck.Compare("status.json", Engagement().Settings[AppSetting.Process]).ShouldBeEmpty();

    [Theory]
    [InlineData("actions[0].to", "診断中", "回答待ち –提出→ 診断中 is not in the life cycle")]
    [InlineData("actions[0].name", "送信", "回答待ち –提出→ ヒアリング受付 is missing")]
    [InlineData("states.診断中.assignee.type", "ALL", "診断中 is assigned as ALL, not ANY")]
    [InlineData("states.分析中.assignee.entities[1].entity.code", "承認者", "assignee of 分析中 FIELD_ENTITY 分析担当 is missing")]
    [InlineData("actions[1].type", "PRIMARY", "presser of ヒアリング受付 –不備の確認依頼→ 確認依頼中 SECONDARY is missing")]
    [InlineData("actions[1].executableUser.entities[0].entity.code", "hospitals", "不備の確認依頼→ 確認依頼中 GROUP worker is missing")]
    [InlineData("actions[0].type", "SECONDARY", "presser of 回答待ち –提出→ ヒアリング受付 PRIMARY is missing")]
    [InlineData("enable", "false", "process management is off")]
    public void A_drift_from_the_life_cycle_is_named(string path, string value, string sentence)
    {
        var process = (JObject)Engagement().Settings[AppSetting.Process].DeepClone();
        process.SelectToken(path)!.Replace(value == "false" ? new JValue(false) : value);
        LifecycleCheck.Compare("status.json", process).ShouldContain(fault => fault.Contains(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_field_of_the_engagement_says_its_rights_and_leaves_everyone_out()
    {
        var engagement = Engagement();
        var named = engagement.Settings[AppSetting.FieldRights]["rights"]!.Select(static right => right["code"]!.ToString()).ToList();
        string[] kintonesOwn = ["レコード番号", "作成者", "作成日時", "更新者", "更新日時", "カテゴリー", "ステータス", "作業者"];
        var columns = StaffTables(engagement).SelectMany(static table => ((JObject)table.Value["fields"]!).Properties()).Select(static column => column.Name);
        named.ShouldBe(engagement.Fields.Properties().Select(static field => field.Name).Except(kintonesOwn).Concat(columns), ignoreOrder: true);
        foreach (var right in engagement.Settings[AppSetting.FieldRights]["rights"]!)
            right["entities"]!.Last!["accessibility"]!.ToString().ShouldBe("NONE");
    }

    [Fact]
    public void The_fields_that_the_hearing_names_in_its_faults_are_fields_of_the_app()
    {
        using var stream = typeof(EngagementId).Assembly.GetManifestResourceStream("VulnDiag.Domain.Hearing.fields.ja.csv")!;
        using var reader = new StreamReader(stream);
        var codes = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1).Select(static line => line.Split(',')[1]);
        var fields = new FieldCatalogue(Engagement());
        codes.Where(code => !fields.Knows(code)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("fields", "properties.医療機関名.code", "名", "calls itself")]
    [InlineData("layout", "layout[1].fields[0].code", "無", "無 is no field")]
    [InlineData("layout", "layout[1].fields[0].code", "総評", "医療機関名 has no place")]
    [InlineData("views", "views.要対応.fields[0]", "無", "shows 無, which is no field")]
    [InlineData("views", "views.要対応.filterCond", "対応事項 = \"x\"", "the operator '=' does not fit 対応事項")]
    [InlineData("views", "views.要対応.filterCond", "結果回線ID = \"x\"", "the operator '=' does not fit 結果回線ID")]
    [InlineData("views", "views.要対応.filterCond", "静観対応 in (\"する\")", "静観対応 has no choice する")]
    [InlineData("views", "views.要対応.filterCond", "無 in (\"x\")", "names 無")]
    [InlineData("views", "views.要対応.filterCond", "医療機関名 = \"a\" nor 期限 != \"\"", "does not read as one")]
    [InlineData("status", "states.診断中.assignee.entities", null, "does not say its assignees")]
    [InlineData("status", "states.回答待ち.assignee.type", "ANY", "must be assigned as ONE")]
    [InlineData("status", "actions[1].name", "打合せ依頼", "two actions named 打合せ依頼")]
    [InlineData("status", "actions[1].to", "無", "is none")]
    [InlineData("status", "actions[1].executableUser.entities[0].entity.type", "FIELD_ENTITY", "no field with users")]
    [InlineData("field-acl", "rights[0].code", "無", "無 is no field")]
    [InlineData("record-acl", "rights[0].filterCond", "総評 in (\"x\")", "does not fit 総評")]
    [InlineData("record-acl", "rights[0].entities[4].entity.code", "医療機関名", "no field with users")]
    [InlineData("record-acl", "rights[0].entities[5].entity.code", "staff", "last entry must be everyone")]
    [InlineData("notifications", "perRecord.notifications[0].filterCond", "無 in (\"x\")", "names 無")]
    [InlineData("app", "name", "指摘事項", "have the same name")]
    [InlineData("app", "titleField.code", "無", "named by 無, which is no field")]
    [InlineData("views", "views.要対応.sort", "無 asc", "ordered by 無, which is no field")]
    [InlineData("views", "views.要対応.sort", "回線ID asc", "ordered by 回線ID, which is in a table")]
    [InlineData("views", "views.要対応.sort", "期限 upward", "does not read as one")]
    [InlineData("views", "views.要対応.name", "他", "calls itself 他")]
    [InlineData("views", "views.期限順.filterCond", "ステータス in (\"完了済\")", "ステータス has no choice 完了済")]
    [InlineData("status", "states.診断中.name", "診断", "calls itself 診断")]
    [InlineData("record-acl", "rights[0].filterCond", "ステータス in (\"無\")", "ステータス has no choice 無")]
    [InlineData("notifications", "reminder.notifications[0].timing.code", "医療機関名", "which is no date")]
    public void The_linter_finds_a_mistake_before_kintone_would(string file, string path, string? value, string sentence)
    {
        var files = AppDefinition.Embedded().SelectMany(static app => app.Settings.Select(setting => ($"{app.Key}/{setting.Key.File}.json", setting.Value))).ToDictionary(static pair => pair.Item1, static pair => (JObject)pair.Value.DeepClone());
        var token = files[$"engagement/{file}.json"].SelectToken(path)!;
        if (value is null) token.Parent!.Remove();
        else token.Replace(value);
        AppLinter.Lint(AppDefinition.Load(files.ToDictionary(static pair => pair.Key, static pair => pair.Value.ToString()))).ShouldContain(fault => fault.Contains(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void A_unique_text_without_a_limit_is_a_mistake()
    {
        var files = AppDefinition.Embedded().SelectMany(static app => app.Settings.Select(setting => ($"{app.Key}/{setting.Key.File}.json", (JObject)setting.Value.DeepClone()))).ToDictionary();
        files["vendor/fields.json"].SelectToken("properties.メールアドレス.maxLength")!.Replace("");
        AppLinter.Lint(AppDefinition.Load(files.ToDictionary(static pair => pair.Key, static pair => pair.Value.ToString()))).ShouldHaveSingleItem().ShouldContain("64");
    }

    [Fact]
    public void Apps_come_after_those_they_link_to_and_a_circle_is_refused()
    {
        var order = AppDefinition.Embedded().Select(static app => app.Key).ToList();
        order.IndexOf("vendor").ShouldBeGreaterThan(order.IndexOf("communication"));
        var files = AppDefinition.Embedded().SelectMany(static app => app.Settings.Select(setting => ($"{app.Key}/{setting.Key.File}.json", setting.Value.ToString()))).ToDictionary();
        files["communication/fields.json"] = files["communication/fields.json"].Replace("\"備考\",", "\"備考 ${vendor}\",", StringComparison.Ordinal);
        Should.Throw<InvalidDataException>(() => AppDefinition.Load(files)).Message.ShouldContain("circle");
    }

    // Nothing confirms whether kintone takes rights from the table or from its columns: where a hospital must see nothing, both say so.
    private static IEnumerable<JProperty> StaffTables(AppDefinition engagement) => engagement.Fields.Properties()
        .Where(static field => field.Value["fields"] is JObject)
        .Where(table => engagement.Settings[AppSetting.FieldRights]["rights"]!.Single(right => right["code"]!.ToString() == table.Name)["entities"]!
            .Any(static entry => entry["entity"]!["code"]!.ToString() == "hospitals" && entry["accessibility"]!.ToString() == "NONE"));

    private static AppDefinition Engagement() => AppDefinition.Embedded().Single(static app => app.Key == "engagement");
}
