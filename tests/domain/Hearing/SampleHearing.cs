using System.Net;

namespace VulnDiag.Domain.Hearing;

/// <summary>A hearing without a fault, to spoil in one place. Addresses are those of public DNS services: nothing is sent.</summary>
internal static class SampleHearing
{
    internal static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-24T10:00+09:00");

    internal static readonly HearingRules Rules = new() { Now = Now };

    internal static readonly LineAnswers FirstLine = new()
    {
        Id = "L1",
        Name = "本館",
        GlobalIp = "あり",
        Communication = "インターネット",
        Access = "PPPoE",
        Addressing = "固定IP",
        AddressProvided = "連携あり",
        Address = "8.8.8.8",
        FqdnProvided = "連携なし",
        DeviceKind = "ルータ",
        Maker = "ヤマハ",
        Model = "RTX1300",
        MedicalRecords = "あり",
        Monitored = "なし",
        ConsentGiver = "山田 太郎",
        ConsentPost = "院長",
        ConsentDate = new DateOnly(2026, 11, 20),
        AccountChecks = "不可",
    };

    internal static readonly HearingAnswers Answers = new()
    {
        HospitalName = "みなと病院",
        HospitalCode = "1312345679",
        Prefecture = "東京都",
        ContactName = "佐藤 花子",
        ContactPost = "事務長",
        ContactMail = "hanako@minato.example.jp",
        ContactPhone = "03-1234-5678",
        Lines = [FirstLine],
        Vendors = [new VendorAnswer("L1", "保守", "港ネット", "鈴木", "suzuki@vendor.example.jp")],
        CandidateWindows = [new PeriodAnswer(DateTimeOffset.Parse("2026-12-10T22:00+09:00"), DateTimeOffset.Parse("2026-12-11T06:00+09:00"))],
    };

    internal static HearingAnswers With(Func<LineAnswers, LineAnswers> change) => Answers with { Lines = [change(FirstLine)] };

    internal static HearingAnswers With(params LineAnswers[] lines) => Answers with { Lines = lines };

    internal static IReadOnlyList<string> Codes(HearingAnswers answers) =>
        [.. HearingValidator.Read(answers, Rules).Faults.Select(static fault => fault.Code)];

    internal static HearingRules InLaboratory => Rules with { AllowedLabRanges = [IPNetwork.Parse("127.0.0.0/8")] };
}
