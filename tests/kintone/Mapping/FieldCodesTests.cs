using Newtonsoft.Json.Linq;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Findings;
using VulnDiag.Domain.Hearing;
using VulnDiag.Kintone.Apps;
using VulnDiag.Kintone.Apps.Lint;
using VulnDiag.Model;
using VulnDiag.TestSupport;

namespace VulnDiag.Kintone.Mapping;

public sealed class FieldCodesTests
{
    /// <summary>Fields that people and kintone need and our code does not.</summary>
    private static readonly Dictionary<string, string[]> NotOurs = new()
    {
        ["engagement"] = ["レコード番号", "作成者", "作成日時", "カテゴリー", "事務局メモ"],
        ["finding"] = ["レコード番号", "作成者", "作成日時", "カテゴリー", "作業者", "ステータス", "過去の指摘"],
        ["communication"] = ["レコード番号", "作成者", "作成日時", "カテゴリー", "作業者", "更新者", "ステータス"],
        ["exclusion"] = ["レコード番号", "作成者", "作成日時", "カテゴリー", "作業者", "更新者", "ステータス"],
        ["vendor"] = ["レコード番号", "作成者", "作成日時", "カテゴリー", "作業者", "更新者", "ステータス", "備考", "通信履歴"],
    };

    public static TheoryData<string> Apps => new(AppDefinition.Embedded().Select(static app => app.Key));

    [Theory]
    [MemberData(nameof(Apps))]
    public void Every_field_of_an_app_is_mapped_once_and_nothing_else_is(string app)
    {
        var fields = new FieldCatalogue(AppDefinition.Embedded().Single(each => each.Key == app)).All.Keys;
        CodesOf(app).ShouldBe(fields.Except(NotOurs[app]), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Apps))]
    public void The_readme_names_every_field_and_who_writes_it(string app)
    {
        var readme = File.ReadAllText(Path.Combine(SharedMaterial.RepositoryRoot, "kintone-app-def", "README.md"));
        var definition = AppDefinition.Embedded().Single(each => each.Key == app);
        var section = readme[readme.IndexOf($"(`{app}`)", StringComparison.Ordinal)..];
        foreach (var field in new FieldCatalogue(definition).All.Keys.Where(code => definition.Settings[AppSetting.Layout].SelectTokens("$..code").Any(place => place.ToString() == code)))
            section.ShouldContain(field, Case.Sensitive, $"{app}: {field}");
    }

    [Fact]
    public void Every_choice_of_a_mapped_enum_is_a_choice_in_the_app()
    {
        OptionsOf("engagement", "診断実施").ShouldBe(Words.All("TriageDecision"));
        OptionsOf("engagement", "判定要件").ShouldBe(Words.All("Requirement"));
        OptionsOf("engagement", "打合せ結果").ShouldBe(Words.All(nameof(MeetingOutcome)));
        OptionsOf("engagement", "実施状況").ShouldBe(Words.All(nameof(LineOutcome)));
        OptionsOf("engagement", "今回見送り").ShouldBe(Words.All("Deferred"));
        OptionsOf("engagement", "質問").ShouldBe(Words.All(nameof(VendorQuestion)));
        OptionsOf("engagement", "回答").ShouldBe([.. Words.All("ValidityReply"), .. Words.All("SilenceReply")]);
        OptionsOf("finding", "プロトコル").ShouldBe(Words.All(nameof(Transport)));
        OptionsOf("finding", "種別").ShouldBe(Words.All(nameof(FindingKind)));
        OptionsOf("finding", "深刻度").ShouldBe(Severities.All.Select(static severity => severity.NameJa()));
        OptionsOf("finding", "再評価").ShouldBe(Severities.All.Select(static severity => severity.NameJa()));
        OptionsOf("finding", "KEV").ShouldBe(Words.All("Kev"));
        OptionsOf("finding", "前回比較").ShouldBe(Words.All(nameof(FindingChange)));
        OptionsOf("finding", "判定").ShouldBe(Words.All(nameof(FindingVerdict)));
        OptionsOf("communication", "区分").ShouldBe(Words.All(nameof(CommunicationDirection)));
        OptionsOf("communication", "状態").ShouldBe(Words.All(nameof(CommunicationState)));
        OptionsOf("communication", "対応状況").ShouldBe(Words.All(nameof(ProposalHandling)));
        OptionsOf("vendor", "日次まとめ").ShouldBe(Words.All("Digest"));
    }

    [Fact]
    public void The_hospitals_choices_are_the_words_of_the_hearing()
    {
        OptionsOf("engagement", "グローバルIP利用").ShouldBe(Choices.Words<YesNoUnknown>());
        OptionsOf("engagement", "電子カルテ接続").ShouldBe(Choices.Words<YesNoUnknown>());
        OptionsOf("engagement", "監視").ShouldBe(Choices.Words<YesNoUnknown>());
        OptionsOf("engagement", "通信形態").ShouldBe(Choices.Words<Communication>());
        OptionsOf("engagement", "接続方式").ShouldBe(Choices.Words<AccessTechnology>());
        OptionsOf("engagement", "固定IP動的IP").ShouldBe(Choices.Words<Addressing>());
        OptionsOf("engagement", "グローバルIPアドレス連携").ShouldBe(Choices.Words<Provided>());
        OptionsOf("engagement", "FQDN連携").ShouldBe(Choices.Words<Provided>());
        OptionsOf("engagement", "ベンダ役割").ShouldBe(Choices.Words<Domain.Hearing.VendorRole>());
    }

    private static IEnumerable<string> CodesOf(string app) => app switch
    {
        "engagement" => Enum.GetValues<EngagementField>().Select(static field => field.Code()),
        "finding" => Enum.GetValues<FindingField>().Select(static field => field.Code()),
        "communication" => Enum.GetValues<CommunicationField>().Select(static field => field.Code()),
        "exclusion" => Enum.GetValues<ExclusionField>().Select(static field => field.Code()),
        _ => Enum.GetValues<VendorField>().Select(static field => field.Code()),
    };

    private static IEnumerable<string> OptionsOf(string app, string code) =>
        ((JObject)new FieldCatalogue(AppDefinition.Embedded().Single(each => each.Key == app)).All[code]["options"]!).Properties().Select(static option => option.Name);
}
