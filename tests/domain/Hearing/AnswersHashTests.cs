using VulnDiag.Domain.Facts;
using VulnDiag.TestSupport;
using static VulnDiag.Domain.Hearing.SampleHearing;

namespace VulnDiag.Domain.Hearing;

public sealed class AnswersHashTests
{
    private static HearingRecord Read(HearingAnswers answers) => HearingValidator.Read(answers, Rules);

    /// <summary>Meeting and vendor review, silence, consent, the whole hearing.</summary>
    private static string[] All(HearingRecord hearing) =>
    [
        AnswersHash.OfLine(hearing.Lines[0]),
        FactHash.OfSilence(hearing.Lines[0], [new Period(Now, Now.AddHours(2))]),
        FactHash.OfConsent(hearing.Lines[0]),
        AnswersHash.OfHearing(hearing),
    ];

    [Fact]
    public void Formatting_changes_no_hash()
    {
        var second = FirstLine with { Id = "L2", Address = "8.8.4.4" };
        var vendors = new[] { Answers.Vendors[0], Answers.Vendors[0] with { LineId = "L2", Role = "回線" } };
        var typed = With(FirstLine, second) with { Vendors = vendors };
        var differently = With(second with { Address = "８．８．４．４　" }, FirstLine with { Communication = " ｲﾝﾀｰﾈｯﾄ", Address = "8。8。8。8" }) with
        {
            Vendors = [vendors[1] with { Mail = "SUZUKI@VENDOR.example.jp" }, vendors[0]],
            CandidateWindows = [new(Answers.CandidateWindows[0].Start!.Value.ToUniversalTime(), Answers.CandidateWindows[0].End)],
        };

        AnswersHash.OfHearing(Read(differently)).ShouldBe(AnswersHash.OfHearing(Read(typed)));
        FactHash.OfConsent(Read(differently).Lines[1]).ShouldBe(FactHash.OfConsent(Read(typed).Lines[0]));
    }

    [Fact]
    public void The_time_of_reading_changes_no_hash() =>
        All(HearingValidator.Read(Answers, Rules with { Now = Now.AddYears(2) })).ShouldBe(All(Read(Answers)));

    [Fact]
    public void A_changed_answer_changes_the_hashes_that_are_about_it()
    {
        Changed(With(static line => line with { Address = "8.8.4.4" })).ShouldBe([true, true, true, true]);
        Changed(With(static line => line with { Addressing = "動的IP" })).ShouldBe([true, true, false, true]);
        Changed(With(static line => line with { Model = "RTX1220" })).ShouldBe([true, true, false, true]);
        Changed(With(static line => line with { ConsentPost = "理事長" })).ShouldBe([false, false, true, true]);
        Changed(With(static line => line with { AccountChecks = "可" })).ShouldBe([false, false, true, true]);
        Changed(Answers with { CandidateWindows = [.. Answers.CandidateWindows, new(Now.AddDays(30), Now.AddDays(31))] }).ShouldBe([false, false, false, true]);
        Changed(Answers with { TimesToAvoid = [new(Now.AddDays(30), Now.AddDays(31))] }).ShouldBe([false, false, false, true]);
        Changed(Answers with { Vendors = [.. Answers.Vendors, new("L1", "回線", "別社", "", "b@other.example.jp")] }).ShouldBe([true, true, false, true]);
        Changed(Answers with { SameDayConfirmations = [new("L1", "8.8.4.4", Now, "佐藤")] }).ShouldBe([false, false, false, false]);
    }

    [Fact]
    public void What_a_hash_covers_is_frozen() => Golden.Matches("domain/answers-hashes.txt", string.Join('\n', All(Read(Answers))) + "\n");

    private static bool[] Changed(HearingAnswers answers) => [.. All(Read(answers)).Zip(All(Read(Answers)), static (now, before) => now != before)];
}
