using System.Net;
using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Support;

/// <summary>One engagement with what mails can show: two lines, one of them dynamic, and a vendor with several roles.</summary>
internal static class Samples
{
    internal const string VendorMail = "tanto@vendor.example";

    internal static readonly DateTimeOffset Now = new(2026, 11, 16, 10, 0, 0, TimeSpan.FromHours(9));

    internal static readonly Period Night = new(
        new DateTimeOffset(2026, 11, 24, 22, 0, 0, TimeSpan.FromHours(9)), new DateTimeOffset(2026, 11, 25, 6, 0, 0, TimeSpan.FromHours(9)));

    internal static readonly Period Day = new(
        new DateTimeOffset(2026, 11, 28, 9, 0, 0, TimeSpan.FromHours(9)), new DateTimeOffset(2026, 11, 28, 17, 30, 0, TimeSpan.FromHours(9)));

    internal static readonly MailTexts Texts = new()
    {
        OperatorName = "サンプルセキュリティ株式会社",
        From = "shindan@vulndiag.example",
        ReplyTo = "uketsuke@vulndiag.example",
        CoordinatorMail = "coordinator@vulndiag.example",
        Phone = "03-0000-0000",
        PortalUrl = "https://portal.example/k/12/show#record={record}",
        SourceAddresses = [IPAddress.Parse("198.51.100.7"), IPAddress.Parse("2001:db8::7")],
    };

    internal static readonly Recipient Hospital = new(Audience.Hospital, "jimu@hospital.example", "医療法人 見本会 見本中央病院", "事務 花子");

    internal static readonly Recipient Vendor = new(Audience.Vendor, VendorMail, "見本ネットワーク株式会社", "");

    internal static readonly Recipient Coordinator = new(Audience.Coordinator, "", "", "");

    internal static Engagement Engagement { get; } = new()
    {
        Id = new EngagementId(123),
        Revision = 5,
        State = EngagementState.VendorReview,
        Answers = new HearingAnswers(),
        Facts = new EngagementFacts(),
        Hearing = new HearingRecord
        {
            HospitalName = "医療法人 見本会 見本中央病院",
            HospitalCode = "1312345678",
            ContactName = "事務 花子",
            ContactMail = "jimu@hospital.example",
            Lines = [Line1, Line2],
        },
    };

    internal static Invitation Event(int number, Period window, int sequence = 0) => new() { VendorMail = VendorMail, Number = number, Window = window, Sequence = sequence };

    internal static MailOrder Order(MailKind kind, Recipient to) => new()
    {
        Kind = kind,
        Key = $"000123:{kind.Code()}:{to.Mail}:1",
        To = to,
        Lines = [new LineId("L1"), new LineId("L2")],
        Questions = to.Audience is Audience.Vendor ? [new LineQuestion(new LineId("L1"), "about-L1"), new LineQuestion(new LineId("L2"), "about-L2")] : [],
        Windows = [Night, Day],
        Deadline = new DateTimeOffset(2026, 11, 19, 17, 0, 0, TimeSpan.FromHours(9)),
    };

    private static Line Line1 => new()
    {
        Id = new LineId("L1"),
        Name = "本館 インターネット回線",
        Communication = Communication.Internet,
        Addressing = Addressing.Fixed,
        Address = IPAddress.Parse("203.0.113.5"),
        Fqdn = "vpn.hospital.example",
        DeviceKind = "ルータ",
        Maker = "見本電機",
        Model = "MR-1000",
        MonitoredAnswer = YesNoUnknown.Yes,
        Vendors =
        [
            new Vendor(VendorRole.Circuit, "見本ネットワーク株式会社", "", VendorMail),
            new Vendor(VendorRole.Maintenance, "見本ネットワーク株式会社", "", VendorMail),
            new Vendor(VendorRole.MedicalRecords, "見本カルテ株式会社", "", "karte@other.example"),
        ],
    };

    private static Line Line2 => new()
    {
        Id = new LineId("L2"),
        Name = "保守用 <VPN> & 遠隔",
        Communication = Communication.InternetVpn,
        Addressing = Addressing.Dynamic,
        Address = IPAddress.Parse("203.0.113.77"),
        MonitoredAnswer = YesNoUnknown.Unknown,
        Vendors =
        [
            new Vendor(VendorRole.Monitoring, "見本ネットワーク株式会社", "", VendorMail),
            new Vendor(VendorRole.MedicalRecords, "見本ネットワーク株式会社", "", VendorMail),
        ],
    };
}
