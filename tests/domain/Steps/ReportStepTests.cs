using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Steps;
using VulnDiag.TestSupport;
using static VulnDiag.TestSupport.EngagementBuilder;

namespace VulnDiag.Domain.Tests.Steps;

/// <summary>From the analyst's word to the issued report: what was reviewed is what is approved, and what is approved is what is issued.</summary>
public sealed class ReportStepTests
{
    [Fact]
    public void An_unfounded_review_goes_back_to_the_analyst_with_its_reasons()
    {
        var builder = new EngagementBuilder { State = EngagementState.ReportReview, Seen = EngagementState.Analysis, Lines = [FixedLine()], ModifiedBy = "analyst" };
        var back = Decide(builder);
        back.Move.ShouldBe(Trigger.BackToAnalysis);
        back.Facts.SentBackBecause.ShouldContain("総評");
        var founded = Decide(builder with { Facts = static facts => facts with { Analyst = "analyst", Approver = "approver", Summary = "問題はありません。" } });
        founded.Move.ShouldBeNull();
        founded.Facts.ReviewedBy.ShouldBe("analyst");
        founded.Effects.OfType<MakeDraft>().Single().ContentHash.ShouldBe(founded.Facts.ReviewHash);
    }

    [Theory]
    [InlineData("approver", "approver", "analyst", true)]
    [InlineData("analyst", "analyst", "analyst", false)]
    [InlineData("coordinator", "approver", "analyst", false)]
    [InlineData("analyst", "approver", "analyst", false)]
    public void Four_eyes_are_enforced_at_the_issue(string pressedBy, string approver, string analyst, bool issued)
    {
        var result = Decide(Reviewed(pressedBy, approver, analyst, static facts => facts));
        (result.Move is null).ShouldBe(issued);
        result.Effects.OfType<IssueReport>().Any().ShouldBe(issued);
        if (!issued) result.Move.ShouldBe(Trigger.IssueRefused);
    }

    [Fact]
    public void Nothing_may_be_edited_between_review_and_issue() =>
        Decide(Reviewed("approver", "approver", "analyst", static facts => facts with { Summary = "書き換え" })).Move.ShouldBe(Trigger.IssueRefused);

    [Fact]
    public void A_report_is_reported_once_it_is_uploaded_and_read_back() =>
        Decide(Reviewed("approver", "approver", "analyst", static facts => facts with { IssuedHash = facts.ReviewHash, Edition = 1 }) with { Seen = EngagementState.Issuing }).Move.ShouldBe(Trigger.Issued);

    [Fact]
    public void A_correction_whose_buttons_were_all_pressed_between_two_looks_passes_for_no_issued_report()
    {
        // 報告済 → 分析中 → 報告書確認中 → 発行準備中 unseen: the hashes are still those of the first edition, and the second was never reviewed.
        var corrected = Reviewed("approver", "approver", "analyst", static facts => facts with { IssuedHash = facts.ReviewHash, Edition = 1, Summary = "訂正しました。" }) with { Seen = EngagementState.Reported };
        var result = Decide(corrected);
        result.Move.ShouldBe(Trigger.IssueRefused);
        result.Effects.OfType<IssueReport>().ShouldBeEmpty();
    }

    [Fact]
    public void A_reported_engagement_pushed_back_to_the_issue_with_nothing_corrected_is_undone() =>
        Decide(Reviewed("approver", "approver", "analyst", static facts => facts with { IssuedHash = facts.ReviewHash, Edition = 1 }) with { Seen = EngagementState.Reported }).Move.ShouldBe(Trigger.Issued);

    [Fact]
    public void A_review_that_was_reached_by_several_unseen_buttons_is_reviewed_anew()
    {
        var builder = Reviewed("analyst", "approver", "analyst", static facts => facts with { IssuedHash = facts.ReviewHash, Edition = 1, Summary = "訂正しました。", ApprovedBy = "approver" });
        var result = Decide(builder with { State = EngagementState.ReportReview, Seen = EngagementState.Reported });
        result.Move.ShouldBeNull();
        result.Facts.ReviewHash.ShouldNotBe(result.Facts.IssuedHash);
        result.Facts.ReviewedBy.ShouldBe("analyst");
        result.Facts.ApprovedBy.ShouldBeEmpty();
    }

    private static StepResult Decide(EngagementBuilder builder) => StepCatalogue.Find(builder.State)!.Decide(builder.Build(), At(Tuesday));

    private static EngagementBuilder Reviewed(string pressedBy, string approver, string analyst, Func<EngagementFacts, EngagementFacts> afterwards) => new()
    {
        State = EngagementState.Issuing,
        Seen = EngagementState.ReportReview,
        Lines = [FixedLine()],
        ModifiedBy = pressedBy,
        Facts = facts =>
        {
            var reviewed = facts with { Analyst = analyst, Approver = approver, Summary = "問題はありません。", ReviewedBy = analyst };
            return afterwards(reviewed with { ReviewHash = FactHash.OfReport(reviewed, [], 1) });
        },
    };
}
