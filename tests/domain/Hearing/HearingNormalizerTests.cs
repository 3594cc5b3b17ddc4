using CsCheck;

namespace VulnDiag.Domain.Hearing;

public sealed class HearingNormalizerTests
{
    /// <summary>Texts of all kinds, thick with what hospitals type: widths, dashes, dots, spaces, marks that compose, broken pairs.</summary>
    internal static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Char.Array[0, 8].Select(static chars => new string(chars)),
        Gen.OneOf(new[]
        {
            "８", "．", "。", "｡", ".", "8.8.8.8", "ー", "‐", "−", "－", "一", "　", " ", "\u200b", "\ufeff", "\r\n", "が", "か\u3099", "ｶﾞ", "ß", "İ", "ﬁ", "K", "Ａ", "\ud83c", "\udfe5",
            "@", "＠", "://", "/", ":", "xn--", "::1", "L1", "あり", "連携なし", "インターネット", "ＶＰＮ", "1312345679", "ϔ", "\u0301", "한", "ﷺ", "・", "々", "①",
        }.Select(Gen.Const).ToArray())
            .Array[0, 6].Select(string.Concat));

    internal static readonly Gen<LineAnswers> Lines = Texts.Array[19].Select(static texts => new LineAnswers
    {
        Id = texts[0], Name = texts[1], GlobalIp = texts[2], Communication = texts[3], Access = texts[4], Addressing = texts[5],
        AddressProvided = texts[6], Address = texts[7], FqdnProvided = texts[8], Fqdn = texts[9], DeviceKind = texts[10], Maker = texts[11],
        Model = texts[12], MedicalRecords = texts[13], Monitored = texts[14], SelfManaged = texts[15], ConsentGiver = texts[16], ConsentPost = texts[17],
        AccountChecks = texts[18],
    });

    internal static readonly Gen<PeriodAnswer> Periods = Gen.Select(
        Gen.Nullable(Gen.DateTimeOffset),
        Gen.Nullable(Gen.DateTimeOffset),
        Texts,
        static (start, end, reason) => new PeriodAnswer(start, end, reason));

    internal static readonly Gen<HearingAnswers> Hearings = Gen.Select(
        Texts.Array[8],
        Lines.Array[0, 3],
        Texts.Array[5].Select(static texts => new VendorAnswer(texts[0], texts[1], texts[2], texts[3], texts[4])).Array[0, 3],
        Periods.Array[0, 3],
        Periods.Array[0, 3],
        Gen.Select(Texts, Texts, Gen.DateTimeOffset, static (line, address, at) => new SameDayAnswer(line, address, at, "")).Array[0, 2],
        static (texts, lines, vendors, windows, avoids, confirmations) => new HearingAnswers
        {
            HospitalName = texts[0], HospitalCode = texts[1], Prefecture = texts[2], ContactName = texts[3], ContactPost = texts[4], ContactMail = texts[5],
            ContactPhone = texts[6], SilenceRequest = texts[7], Lines = lines, Vendors = vendors, CandidateWindows = windows, TimesToAvoid = avoids,
            SameDayConfirmations = confirmations,
        });

    [Theory]
    [InlineData("８．８．８．８", "8.8.8.8")]
    [InlineData("　8.8.8.8 ", "8.8.8.8")]
    [InlineData("8。8。8。8", "8.8.8.8")]
    [InlineData("8｡8｡8｡8", "8.8.8.8")]
    [InlineData("2001:4860:4860:0:0:0:0:8888", "2001:4860:4860::8888")]
    [InlineData("２００１：ＤＢ８：：１", "2001:db8::1")]
    [InlineData("8.8.8.08", "8.8.8.08")]
    [InlineData("8.8.8.8 8.8.4.4", "8.8.8.8 8.8.4.4")]
    public void Addresses_are_tidied(string typed, string tidied) =>
        HearingNormalizer.Normalize(new LineAnswers { Address = typed }).Address.ShouldBe(tidied);

    [Theory]
    [InlineData("ＶＰＮ．Example．ＪＰ", "vpn.example.jp")]
    [InlineData(" vpn.example.jp. ", "vpn.example.jp")]
    [InlineData("vpn‐01.example.jp", "vpn-01.example.jp")]
    [InlineData("病院。jp", "xn--0rys90e.jp")]
    [InlineData("bücher.example.de", "xn--bcher-kva.example.de")]
    [InlineData("データ.jp", "xn--5ckp3n.jp")]
    [InlineData("vpnー01.example.jp", "vpnー01.example.jp")] // meant for a hyphen? That would be guessing
    [InlineData("https://病院.jp/", "https://病院.jp/")]
    public void Domain_names_are_tidied(string typed, string tidied) =>
        HearingNormalizer.Normalize(new LineAnswers { Fqdn = typed }).Fqdn.ShouldBe(tidied);

    [Fact]
    public void Codes_phones_and_mail_addresses_are_tidied()
    {
        var tidied = HearingNormalizer.Normalize(new HearingAnswers
        {
            HospitalCode = "１３‐１２３４５６７ー９", ContactPhone = "０３ー１２３４ー５６７８", ContactMail = " Ｈａｎａｋｏ＠Minato.Example.JP　",
        });

        tidied.HospitalCode.ShouldBe("1312345679");
        tidied.ContactPhone.ShouldBe("03-1234-5678");
        tidied.ContactMail.ShouldBe("hanako@minato.example.jp");
    }

    [Fact]
    public void Names_keep_their_widths_as_they_are_printed_as_typed()
    {
        var tidied = HearingNormalizer.Normalize(new HearingAnswers { HospitalName = "　（医）ＡＢＣ病院　", ContactName = "神﨑 太郎\r\n" });

        tidied.HospitalName.ShouldBe("（医）ＡＢＣ病院");
        tidied.ContactName.ShouldBe("神﨑 太郎");
    }

    [Fact]
    public void Tidying_twice_changes_nothing_for_any_text() => Hearings.Sample(static answers =>
    {
        var once = HearingNormalizer.Normalize(answers);
        var twice = HearingNormalizer.Normalize(once);
        twice.Lines.ShouldBe(once.Lines);
        twice.Vendors.ShouldBe(once.Vendors);
        twice.CandidateWindows.ShouldBe(once.CandidateWindows);
        twice.SameDayConfirmations.ShouldBe(once.SameDayConfirmations);
        (twice with { Lines = [], Vendors = [], CandidateWindows = [], TimesToAvoid = [], SameDayConfirmations = [] })
            .ShouldBe(once with { Lines = [], Vendors = [], CandidateWindows = [], TimesToAvoid = [], SameDayConfirmations = [] });
    });
}
