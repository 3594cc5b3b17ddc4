using System.Text.RegularExpressions;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Findings;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Triage;
using VulnDiag.Model;
using VulnDiag.Report.Sections;
using VulnDiag.TestSupport;

namespace VulnDiag.Report.Texts;

public sealed partial class TextFileTests
{
    public static TheoryData<string, Type> Tables => new()
    {
        { "severity.{0}.band", typeof(Severity) },
        { "severity.{0}.meaning", typeof(Severity) },
        { "severity.{0}.when", typeof(Severity) },
        { "kind.{0}", typeof(FindingKind) },
        { "outcome.{0}", typeof(LineOutcome) },
        { "outcomeReason.{0}", typeof(LineOutcome) },
        { "decision.{0}", typeof(Decision) },
        { "meeting.{0}", typeof(MeetingOutcome) },
        { "communication.{0}", typeof(Communication) },
        { "access.{0}", typeof(AccessTechnology) },
        { "addressing.{0}", typeof(Addressing) },
        { "yesNo.{0}", typeof(YesNoUnknown) },
        { "role.{0}", typeof(VendorRole) },
        { "change.{0}", typeof(FindingChange) },
        { "verdict.{0}", typeof(FindingVerdict) },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_value_has_its_word(string path, Type type)
    {
        foreach (var member in Enum.GetNames(type)) Words.Japanese.Texts.TextAt(string.Format(null, path, member)).ShouldNotBeNull($"{path} {member}");
    }

    [Fact]
    public void Every_kind_of_finding_has_words_of_its_own()
    {
        foreach (var kind in Enum.GetValues<FindingKind>())
        {
            var text = KindTexts.Of(kind);
            text.Why.ShouldNotBeEmpty();
            text.Action.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void Every_word_that_a_template_asks_for_is_there()
    {
        foreach (var section in SectionCatalogue.All)
        {
            var texts = TextFile.Load(section.Id);
            var template = File.ReadAllText(Path.Combine(SharedMaterial.RepositoryRoot, "worker", "report", "Templates", $"{section.Id}.liquid"));
            foreach (Match asked in Asked().Matches(template))
            {
                var path = asked.Groups["path"].Value;
                (texts.TextAt(path) is not null || texts.Tree.ContainsKey(path)).ShouldBeTrue($"{section.Id}.ja.json: {path}");
            }
        }
    }

    [Fact]
    public void Sections_have_one_place_each()
    {
        SectionCatalogue.All.Select(static section => section.Order).ShouldBeUnique();
        SectionCatalogue.All.Select(static section => section.Id).ShouldBe(
            ["cover", "contents", "overview", "scope", "lines", "changes", "decisions", "vendors", "method", "glossary"]);
    }

    [Fact]
    public void Braces_in_a_value_are_not_filled_again() =>
        Words.Japanese.Texts.Fill("lineNamed", ("id", "{name}"), ("name", "x")).ShouldBe("回線 {name}（x）");

    [Fact]
    public void A_placeholder_that_nothing_fills_is_an_error() =>
        Should.Throw<KeyNotFoundException>(static () => Words.Japanese.Texts.Fill("lineNamed", ("id", "1")));

    [Theory]
    [InlineData("window-closed: the window ended", "予定した診断の時間帯が終わったため、中断しました。")]
    [InlineData("職員が不在のため", "職員が不在のため")]
    [InlineData("odd: never seen", "確認できませんでした（装置の記録：odd: never seen）")]
    [InlineData("診断を途中で停止しました（kill-switch: The kill switch is on.）。", "診断を途中で停止しました（緊急停止の操作により、停止しました）。")]
    [InlineData("見送り（電話で確認 2026-11-01）", "見送り（電話で確認 2026-11-01）")]
    public void A_machines_reason_becomes_a_sentence_and_a_persons_stays(string reason, string expected) =>
        Words.Japanese.Reason(reason).ShouldBe(expected);

    [GeneratedRegex(@"[{%][^}%]*?\bt\.(?<path>[A-Za-z.]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Asked();
}
