using VulnDiag.Domain.Findings;
using VulnDiag.Model;

namespace VulnDiag.Domain.Tests.Findings;

public sealed class FindingComparisonTests
{
    private const string Hospital = "1310000019";
    private static readonly LineId Line = new("L1");
    private static readonly DateOnly Today = new(2026, 12, 9);
    private static readonly DateTimeOffset Before = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = new(2026, 12, 8, 15, 0, 0, TimeSpan.Zero);

    private static ScanFinding Telnet => new()
    {
        Id = "telnet-exposed", Kind = FindingKind.Exposure, Protocol = Transport.Tcp, Port = 23, Severity = Severity.Act, Qod = 95, TitleJa = "Telnet", Evidence = "login:",
    };

    private static ScanResult Result(IReadOnlyList<ScanFinding> findings, bool open = true, int filtered = 0, bool complete = true, params NotExamined[] gaps) => new()
    {
        Line = "L1",
        Target = new ScanTarget("8.8.8.8", null),
        Started = Now.AddHours(-1),
        Finished = Now,
        Complete = complete,
        Coverage = new ScanCoverage(new TcpCoverage(open ? 1 : 0, 65535 - filtered - (open ? 1 : 0), filtered, 0), new UdpCoverage(0, 0, 0, 0)),
        Ports = open ? [new PortResult { Protocol = Transport.Tcp, Port = 23, State = "open", Confidence = 100 }] : [],
        Findings = findings,
        NotExamined = gaps,
    };

    private static IReadOnlyList<FindingRecord> Compare(ScanResult result, params FindingRecord[] previous) =>
        FindingComparison.Compare(new EngagementId(2), Hospital, new Dictionary<LineId, ScanResult> { [Line] = result }, previous, Today);

    private static FindingRecord Previous(FindingDecision? decision = null) => new()
    {
        RecordId = 7,
        Revision = 3,
        Engagement = new EngagementId(1),
        Identity = new FindingIdentity(Hospital, Line, Transport.Tcp, 23, "telnet-exposed"),
        Machine = Telnet,
        FirstSeen = Before,
        LastSeen = Before,
        Decision = decision ?? new FindingDecision(),
    };

    [Fact]
    public void What_was_not_there_before_is_new()
    {
        var row = Compare(Result([Telnet])).Single();
        row.Change.ShouldBe(FindingChange.New);
        row.FirstSeen.ShouldBe(Now);
        row.Identity.ToString().ShouldBe("1310000019/L1/tcp/23/telnet-exposed");
    }

    [Fact]
    public void What_is_still_there_keeps_its_first_day_and_its_decision()
    {
        var accepted = new FindingDecision { Verdict = FindingVerdict.AcceptedRisk, Reason = "更新予定", By = "analyst", Expires = Today };
        var row = Compare(Result([Telnet]), Previous(accepted)).Single();
        row.Change.ShouldBe(FindingChange.StillThere);
        row.FirstSeen.ShouldBe(Before);
        row.LastSeen.ShouldBe(Now);
        row.Decision.ShouldBe(accepted);
        row.RecordId.ShouldBe(0, "it is a new row of this engagement");
    }

    [Fact]
    public void An_expired_decision_is_asked_for_again() =>
        Compare(Result([Telnet]), Previous(new FindingDecision { Verdict = FindingVerdict.AcceptedRisk, Reason = "更新予定", Expires = Today.AddDays(-1) }))
            .Single().Decision.Verdict.ShouldBe(FindingVerdict.Open);

    [Fact]
    public void Fixed_needs_the_port_reached_and_the_check_run()
    {
        Compare(Result([]), Previous()).Single().Change.ShouldBe(FindingChange.Fixed);
        Compare(Result([], open: false), Previous()).Single().Change.ShouldBe(FindingChange.Fixed, "the port answered that it is closed");
        Compare(Result([], open: false, filtered: 65535), Previous()).Single().Change.ShouldBe(FindingChange.NotExamined, "nothing answered");
        Compare(Result([], complete: false), Previous()).Single().Change.ShouldBe(FindingChange.NotExamined);
        Compare(Result([], gaps: new NotExamined(Transport.Tcp, 23, "telnet-exposed", "timeout")), Previous()).Single().Change.ShouldBe(FindingChange.NotExamined);
        FindingComparison.Compare(new EngagementId(2), Hospital, new Dictionary<LineId, ScanResult>(), [Previous()], Today).Single().Change.ShouldBe(FindingChange.NotExamined, "the line was not scanned");
    }

    [Fact]
    public void What_was_fixed_long_ago_is_not_told_again() =>
        Compare(Result([]), Previous() with { Change = FindingChange.Fixed }).ShouldBeEmpty();
}
