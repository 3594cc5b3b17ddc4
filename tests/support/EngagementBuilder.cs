using System.Net;
using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Steps;

namespace VulnDiag.TestSupport;

/// <summary>Engagements to test with: one hospital, lines as asked for, everything else answered.</summary>
public sealed record EngagementBuilder
{
    /// <summary>Tuesday, 24 November 2026, 10:00 in Japan: a business day.</summary>
    public static readonly DateTimeOffset Tuesday = new(2026, 11, 24, 10, 0, 0, TimeSpan.FromHours(9));

    /// <summary>The night of 8 December 2026, 22:00 to 05:00.</summary>
    public static readonly Period FirstNight = Night(8);

    /// <summary>The night of 10 December 2026.</summary>
    public static readonly Period SecondNight = Night(10);

    public EngagementState State { get; init; } = EngagementState.HearingReceived;

    /// <summary>The state that the worker saw last; null when it is the same, so that nobody has moved the record.</summary>
    public EngagementState? Seen { get; init; }

    public IReadOnlyList<Line> Lines { get; init; } = [];

    public IReadOnlyList<Period> Candidates { get; init; } = [FirstNight, SecondNight];

    public IReadOnlyList<Period> Avoid { get; init; } = [];

    public IReadOnlyList<SameDayConfirmation> Confirmations { get; init; } = [];

    public IReadOnlyList<HearingFault> Faults { get; init; } = [];

    public string ModifiedBy { get; init; } = "someone";

    /// <summary>What was recorded, upon vendors' approvals where the engagement has come past them.</summary>
    public Func<EngagementFacts, EngagementFacts> Facts { get; init; } = static facts => facts;

    public static Period Night(int day) => new(
        new DateTimeOffset(2026, 12, day, 22, 0, 0, TimeSpan.FromHours(9)),
        new DateTimeOffset(2026, 12, day + 1, 5, 0, 0, TimeSpan.FromHours(9)));

    /// <summary>Row 2: internet, fixed, address given, no FQDN.</summary>
    public static Line FixedLine(string id = "L1") => new()
    {
        Id = new LineId(id),
        GlobalIp = YesNoUnknown.Yes,
        Communication = Communication.Internet,
        Access = AccessTechnology.Pppoe,
        Addressing = Addressing.Fixed,
        AddressProvided = Provided.Yes,
        Address = IPAddress.Parse("8.8.8.8"),
        FqdnProvided = Provided.No,
        MonitoredAnswer = YesNoUnknown.No,
        MedicalRecords = YesNoUnknown.No,
        Vendors = [new Vendor(VendorRole.Maintenance, "保守会社", "担当", "vendor@example.com")],
        Consent = new Consent("院長", "院長", new DateOnly(2026, 11, 20), AccountChecks: false),
    };

    /// <summary>Row 6: dynamic, address given, no FQDN.</summary>
    public static Line DynamicLine(string id = "L1") => FixedLine(id) with { Addressing = Addressing.Dynamic };

    /// <summary>Row 1: a meeting is needed.</summary>
    public static Line MeetingLine(string id = "L1") => FixedLine(id) with { FqdnProvided = Provided.Yes, Fqdn = "www.example.com" };

    /// <summary>Row 17: closed network.</summary>
    public static Line ClosedLine(string id = "L1") => FixedLine(id) with { Communication = Communication.ClosedNetwork };

    /// <summary>Row 19: nobody knows.</summary>
    public static Line UnknownLine(string id = "L1") => FixedLine(id) with { GlobalIp = YesNoUnknown.Unknown };

    public static Line Monitored(Line line) => line with { MonitoredAnswer = YesNoUnknown.Yes };

    public Engagement Build()
    {
        var hearing = new HearingRecord
        {
            HospitalName = "さくら総合病院",
            HospitalCode = "1310000019",
            Prefecture = "東京都",
            ContactName = "情報システム担当",
            ContactMail = "it@hospital.example",
            Lines = Lines,
            CandidateWindows = Candidates,
            TimesToAvoid = Avoid,
            SameDayConfirmations = Confirmations,
            Faults = Faults,
        };
        return new Engagement
        {
            Id = new EngagementId(1),
            Revision = 1,
            State = State,
            ModifiedBy = ModifiedBy,
            Answers = new HearingAnswers(),
            Hearing = hearing,
            Facts = Facts(new EngagementFacts
            {
                StateSeen = Seen ?? State,
                StateSince = Tuesday,
                AnswersHash = AnswersHash.OfHearing(hearing),
                Vendors = (Seen ?? State) is >= EngagementState.Scheduling and <= EngagementState.Reported ? Approvals(hearing) : [],
            }),
        };
    }

    /// <summary>What every vendor has approved before an engagement comes to its dates.</summary>
    private static VendorFacts[] Approvals(HearingRecord hearing) =>
    [
        .. from line in hearing.Lines
           from vendor in line.Vendors
           select new VendorFacts
           {
               Question = VendorQuestion.Validity, Line = line.Id, VendorMail = vendor.Mail, AboutHash = FactHash.OfReview(line, hearing), Reply = VendorReply.Yes,
           },
    ];

    public static StepContext At(DateTimeOffset now) => new()
    {
        Now = now,
        Settings = new StepSettings { WorkerUser = "vulndiag", PacketsPerSecondPerHost = 200 },
    };
}
