using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;

namespace VulnDiag.Domain.Gates;

public sealed class LineViewTests
{
    private static readonly HearingAnswers Unknown = SampleHearing.With(static line => line with { Communication = "わからない" });

    [Fact]
    public void A_line_whose_meeting_ended_well_is_asked_for_what_it_still_lacks_before_it_goes_on()
    {
        Standing(Unknown, meeting: null).ShouldBe(LineStanding.AwaitsMeeting);
        Standing(Unknown, MeetingOutcome.Feasible).ShouldBe(LineStanding.GoesOn);
        Standing(Unknown, MeetingOutcome.NotFeasible).ShouldBe(LineStanding.OutOfScope);
        Standing(Unknown with { Vendors = [] }, meeting: null).ShouldBe(LineStanding.AwaitsMeeting);
        Standing(Unknown with { Vendors = [] }, MeetingOutcome.Feasible).ShouldBe(LineStanding.Faulty);
    }

    private static LineStanding Standing(HearingAnswers answers, MeetingOutcome? meeting)
    {
        var hearing = HearingValidator.Read(answers, SampleHearing.Rules);
        var line = new LineFacts { Id = hearing.Lines[0].Id, Meeting = meeting, MeetingHash = AnswersHash.OfLine(hearing.Lines[0]) };
        var engagement = new Engagement
        {
            Id = new EngagementId(1), Revision = 1, State = EngagementState.HearingReceived, Answers = answers, Hearing = hearing, Facts = new EngagementFacts(),
        };
        return LineView.Of(engagement, new EngagementFacts { Lines = [line] })[0].Standing;
    }
}
