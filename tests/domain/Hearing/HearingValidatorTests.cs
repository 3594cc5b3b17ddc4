using CsCheck;
using VulnDiag.Domain.Triage;
using VulnDiag.TestSupport;
using static VulnDiag.Domain.Hearing.SampleHearing;

namespace VulnDiag.Domain.Hearing;

public sealed class HearingValidatorTests
{
    [Fact]
    public void A_whole_hearing_has_no_fault()
    {
        var record = HearingValidator.Read(Answers, Rules);

        record.Faults.ShouldBeEmpty();
        record.Lines.Single().Consent.ShouldBe(new Consent("山田 太郎", "院長", new DateOnly(2026, 11, 20), AccountChecks: false));
        record.Lines.Single().Vendors.Single().ShouldBe(new Vendor(VendorRole.Maintenance, "港ネット", "鈴木", "suzuki@vendor.example.jp"));
        TriageTable.Decide(record.Lines.Single(), record.FaultsOf(new LineId("L1"))).No.ShouldBe(2);
    }

    [Fact]
    public void Any_text_can_be_read_and_every_fault_has_a_sentence() => HearingNormalizerTests.Hearings.Sample(static answers =>
    {
        var record = HearingValidator.Read(answers, Rules);
        foreach (var fault in record.Faults.Concat(record.SameDayFaults)) fault.SentenceJa.ShouldEndWith("。");
        record.Lines.Select(static line => line.Id).ShouldBeUnique();
        foreach (var line in record.Lines) TriageTable.Decide(line, record.FaultsOf(line.Id)).ReasonJa.ShouldNotBeEmpty();
    });

    [Fact]
    public void Every_fault_code_has_a_complete_sentence()
    {
        foreach (var code in FaultTexts.Codes)
        {
            var sentence = FaultTexts.Sentence(code, "回線「L1」", HearingField.Address, "{value}", "7");
            sentence.ShouldEndWith("。");
            sentence.ShouldNotContain("{line}");
            sentence.ShouldNotContain("{field}");
            sentence.ShouldNotContain("{other}");
        }
    }

    [Fact]
    public void Every_field_has_a_code_and_a_label() =>
        Enum.GetValues<HearingField>().ShouldAllBe(static field => field.Code().Length > 0 && field.Label().Length > 0);

    [Fact]
    public void Every_field_stands_in_the_hospitals_record()
    {
        var fields = File.ReadAllText(Path.Combine(SharedMaterial.RepositoryRoot, "kintone-app-def/engagement/fields.json"));

        Enum.GetValues<HearingField>().ShouldAllBe(field => fields.Contains($"\"code\": \"{field.Code()}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_fault_names_the_line_the_field_and_what_was_typed()
    {
        var fault = HearingValidator.Read(With(static line => line with { Address = "１０．０．０．１" }), Rules).Faults.ShouldHaveSingleItem();

        fault.Line.ShouldBe(new LineId("L1"));
        fault.Field.ShouldBe("グローバルIPアドレス");
        fault.SentenceJa.ShouldBe("回線「L1（本館）」の「グローバルIPアドレス」の「10.0.0.1」は組織内で使うプライベートアドレスです。インターネット側のグローバルIPアドレスをご記入ください。");
    }

    [Theory]
    [InlineData("", "hospital-code-missing")]
    [InlineData("131234567", "hospital-code-length")]
    [InlineData("13123456791", "hospital-code-length")]
    [InlineData("13I2345679", "hospital-code-length")]
    [InlineData("4812345672", "hospital-code-prefecture")]
    [InlineData("0012345672", "hospital-code-prefecture")]
    [InlineData("1312345678", "hospital-code-check-digit")]
    [InlineData("1321345679", "hospital-code-check-digit")] // two digits swapped
    public void A_wrong_hospital_code_is_asked_for(string code, string fault) =>
        Codes(Answers with { HospitalCode = code }).ShouldBe([fault]);

    [Theory]
    [InlineData("大阪府", "hospital-code-mismatch")]
    [InlineData("東京", null)]
    [InlineData("江戸", "prefecture-unknown")]
    [InlineData("", "prefecture-missing")]
    public void The_prefecture_agrees_with_the_code(string prefecture, string? fault) =>
        Codes(Answers with { Prefecture = prefecture }).ShouldBe(fault is null ? [] : [fault]);

    [Fact]
    public void What_is_missing_about_the_hospital_is_asked_for_in_order() =>
        Codes(Answers with { HospitalName = "　", HospitalCode = "", Prefecture = "", ContactName = "", ContactMail = "", ContactPhone = "" }).ShouldBe(
            ["hospital-name-missing", "hospital-code-missing", "prefecture-missing", "contact-name-missing", "contact-mail-missing", "contact-phone-missing"]);

    [Theory]
    [InlineData("hanako", false)]
    [InlineData("hanako@", false)]
    [InlineData("@example.jp", false)]
    [InlineData("hanako@example", false)]
    [InlineData("hanako@@example.jp", false)]
    [InlineData("hanako@example.jp, taro@example.jp", false)]
    [InlineData("佐藤 <hanako@example.jp>", false)]
    [InlineData("hana ko@example.jp", false)]
    [InlineData("hanako.@example.jp", false)]
    [InlineData("hanako@[192.0.2.1]", false)]
    [InlineData("hanako@192.0.2.1", false)]
    [InlineData("花子@example.jp", false)]
    [InlineData("hanako+vd@mail.example.co.jp", true)]
    [InlineData("ＨＡＮＡＫＯ＠ｅｘａｍｐｌｅ．ｊｐ", true)]
    [InlineData("hanako@病院.jp", true)]
    public void Mail_addresses_are_told_from_other_texts(string mail, bool valid) =>
        Codes(Answers with { ContactMail = mail }).ShouldBe(valid ? [] : ["contact-mail-bad"]);

    [Theory]
    [InlineData("03-1234-5678", true)]
    [InlineData("（０３）１２３４ー５６７８", true)]
    [InlineData("+81 3 1234 5678 内線12", true)]
    [InlineData("1234-5678", false)]
    [InlineData("なし", false)]
    public void Phone_numbers_have_an_area_code(string phone, bool valid) =>
        Codes(Answers with { ContactPhone = phone }).ShouldBe(valid ? [] : ["contact-phone-bad"]);

    [Fact]
    public void A_hearing_without_lines_is_asked_for_them_and_blank_rows_are_no_lines()
    {
        Codes(Answers with { Lines = [], Vendors = [] }).ShouldBe(["lines-missing"]);
        Codes(Answers with { Lines = [new LineAnswers { AccountChecks = "不可" }], Vendors = [new("", "", "", "", "")] }).ShouldBe(["lines-missing"]);
        Codes(Answers with { Lines = [new LineAnswers(), FirstLine] }).ShouldBeEmpty();
    }

    [Fact]
    public void Line_ids_are_there_and_unique()
    {
        Codes(With(FirstLine with { Id = "" })).ShouldContain("line-id-missing");
        HearingValidator.Read(With(FirstLine with { Id = "", Address = "1.1" }), Rules).Faults[^1].SentenceJa.ShouldNotBeEmpty();

        var twice = HearingValidator.Read(With(FirstLine, FirstLine with { Id = "ｌ１", Address = "8.8.4.4" }), Rules);
        twice.Faults.ShouldHaveSingleItem().Code.ShouldBe("line-id-twice");
        twice.Lines.ShouldHaveSingleItem().Address!.ToString().ShouldBe("8.8.8.8");
    }

    [Fact]
    public void Blank_choices_are_asked_for_with_the_words_to_choose_among()
    {
        var record = HearingValidator.Read(With(static line => line with { GlobalIp = "", Communication = " ", Access = "", Addressing = "　", AddressProvided = "", FqdnProvided = "" }), Rules);

        record.Faults.Select(static fault => (fault.Code, fault.Field)).ShouldBe([
            ("choice-blank", "グローバルIP利用"), ("choice-blank", "通信形態"), ("choice-blank", "接続方式"), ("choice-blank", "固定IP動的IP"),
            ("choice-blank", "グローバルIPアドレス連携"), ("choice-blank", "FQDN連携")]);
        record.Faults[0].SentenceJa.ShouldBe("回線「L1（本館）」の「グローバルIP利用」が選択されていません。「あり」・「なし」・「わからない」からお選びください。");
    }

    [Theory]
    [InlineData("インターネット ＶＰＮ")]
    [InlineData("ｲﾝﾀｰﾈｯﾄvpn")]
    [InlineData("インタ―ネットVPN")]
    public void Words_are_known_whatever_their_width_case_and_dashes(string word) =>
        HearingValidator.Read(With(line => line with { Communication = word }), Rules).Lines.Single().Communication.ShouldBe(Communication.InternetVpn);

    [Theory]
    [InlineData("有線")]
    [InlineData("インターネットVPN（予定）")]
    [InlineData("VPN")]
    public void Another_word_is_not_guessed_at(string word) =>
        Codes(With(line => line with { Communication = word })).ShouldBe(["choice-unknown"]);

    [Fact]
    public void A_blank_provision_is_not_a_no()
    {
        Codes(With(static line => line with { AddressProvided = "", Address = "" })).ShouldBe(["choice-blank"]);
        Codes(With(static line => line with { AddressProvided = "連携なし", Address = "" })).ShouldBeEmpty();
        Codes(With(static line => line with { AddressProvided = "連携あり", Address = " " })).ShouldBe(["address-missing"]);
        Codes(With(static line => line with { AddressProvided = "連携なし" })).ShouldBe(["address-not-provided"]);
        Codes(With(static line => line with { FqdnProvided = "連携あり" })).ShouldBe(["fqdn-missing"]);
        Codes(With(static line => line with { Fqdn = "vpn.example.jp" })).ShouldBe(["fqdn-not-provided"]);
    }

    [Fact]
    public void A_line_outside_the_table_is_asked_for_nothing_more()
    {
        static LineAnswers Spoilt(LineAnswers line) => new() { Id = line.Id, GlobalIp = line.GlobalIp, Communication = line.Communication, Address = "10.0.0.1", Fqdn = "http://x", Access = "?" };

        foreach (var line in new[] { FirstLine with { Communication = "閉域網" }, FirstLine with { GlobalIp = "なし" }, FirstLine with { GlobalIp = "わからない" } })
            Codes(Answers with { Lines = [Spoilt(line)], Vendors = [], CandidateWindows = [] }).ShouldBeEmpty();
    }

    [Fact]
    public void A_line_that_is_left_out_needs_no_vendor_consent_or_dates() =>
        Codes(Answers with
        {
            Lines = [new LineAnswers { Id = "L1", GlobalIp = "あり", Communication = "インターネット", Access = "IPoE", Addressing = "動的IP", AddressProvided = "連携なし", FqdnProvided = "連携なし" }],
            Vendors = [],
            CandidateWindows = [],
        }).ShouldBeEmpty();

    [Fact]
    public void An_unknown_line_is_not_asked_for_its_addresses_before_the_meeting()
    {
        var answers = With(static line => line with { Communication = "わからない", Addressing = "", AddressProvided = "", Address = "10.0.0.1", FqdnProvided = "" });

        Codes(answers).ShouldBeEmpty();
        Codes(answers with { Vendors = [] }).ShouldBe(["vendors-missing"]);
    }

    [Fact]
    public void A_faulty_line_does_not_spoil_the_triage_of_another()
    {
        var record = HearingValidator.Read(
            With(FirstLine with { Address = "192.168.1.1" }, FirstLine with { Id = "L2", Name = "" }) with
            {
                Vendors = [Answers.Vendors[0], Answers.Vendors[0] with { LineId = "L2" }],
            },
            Rules);

        record.Lines.Select(line => TriageTable.Decide(line, record.FaultsOf(line.Id)).Decision).ShouldBe([Decision.Incomplete, Decision.Go]);
        record.Faults.ShouldHaveSingleItem();
    }

    [Fact]
    public void The_same_address_on_two_lines_is_asked_about_once()
    {
        var both = Answers.Vendors.Append(Answers.Vendors[0] with { LineId = "L2" }).ToList();
        var record = HearingValidator.Read(With(FirstLine, FirstLine with { Id = "L2", Name = "別館" }) with { Vendors = both }, Rules);

        record.Faults.ShouldHaveSingleItem().SentenceJa.ShouldBe("回線「L2（別館）」の「グローバルIPアドレス」の「8.8.8.8」は回線「L1（本館）」と同じです。回線ごとのグローバルIPアドレスをご確認ください。");
        Codes(With(FirstLine, FirstLine with { Id = "L2", Communication = "閉域網" }) with { Vendors = both }).ShouldBeEmpty();
    }

    [Fact]
    public void A_line_that_goes_on_has_a_vendor_or_is_looked_after_by_the_hospital()
    {
        Codes(Answers with { Vendors = [] }).ShouldBe(["vendors-missing"]);
        Codes(With(static line => line with { SelfManaged = "自院で管理" }) with { Vendors = [] }).ShouldBeEmpty();
        Codes(Answers with { Vendors = [new("L9", "保守", "港ネット", "", "a@example.jp")] }).ShouldBe(["vendors-missing", "vendor-line-unknown"]);
        Codes(Answers with { Vendors = [.. Answers.Vendors, new("", "保守", "港ネット", "", "a@example.jp")] }).ShouldBe(["vendor-line-missing"]);
        Codes(Answers with { Vendors = [Answers.Vendors[0] with { LineId = "ｌ１" }] }).ShouldBeEmpty();
    }

    [Fact]
    public void A_vendor_has_a_role_a_company_and_a_mail_address()
    {
        Codes(Answers with { Vendors = [new("L1", "", "", "鈴木", "")] }).ShouldBe(["vendor-role-blank", "vendor-company-missing", "vendor-mail-missing"]);
        Codes(Answers with { Vendors = [new("L1", "清掃", "港ネット", "", "suzuki")] }).ShouldBe(["vendor-role-unknown", "vendor-mail-bad"]);
        HearingValidator.Read(Answers with { Vendors = [Answers.Vendors[0], Answers.Vendors[0] with { Mail = "SUZUKI@vendor.example.jp" }] }, Rules)
            .Lines.Single().Vendors.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_monitored_line_names_who_monitors_it_and_asks_for_silence()
    {
        var monitored = With(static line => line with { Monitored = "あり" });
        var withMonitor = monitored with { Vendors = [new("L1", "監視", "港セキュリティ", "", "soc@vendor.example.jp")] };

        Codes(monitored with { SilenceRequest = "依頼する" }).ShouldBe(["monitoring-vendor-missing"]);
        Codes(withMonitor).ShouldBe(["silence-blank"]);
        Codes(withMonitor with { SilenceRequest = "依頼しない" }).ShouldBe(["silence-refused"]);
        Codes(withMonitor with { SilenceRequest = "たぶん" }).ShouldBe(["silence-unknown"]);
        Codes(withMonitor with { SilenceRequest = "依頼する" }).ShouldBeEmpty();
        Codes(With(static line => line with { Monitored = "わからない" }) with { SilenceRequest = "依頼する" }).ShouldBeEmpty();
        Codes(With(static line => line with { Monitored = "わからない" }) with { SilenceRequest = "依頼しない" }).ShouldBe(["silence-refused"]);
        Codes(Answers with { SilenceRequest = "依頼しない" }).ShouldBeEmpty();
    }

    [Fact]
    public void Consent_has_all_its_parts_and_is_not_of_tomorrow()
    {
        Codes(With(static line => line with { ConsentGiver = "", ConsentPost = "　", ConsentDate = null })).ShouldBe(["consent-missing"]);
        Codes(With(static line => line with { ConsentPost = "" })).ShouldBe(["consent-part-missing"]);
        Codes(With(static line => line with { ConsentDate = null })).ShouldBe(["consent-part-missing"]);
        Codes(With(static line => line with { ConsentDate = new DateOnly(2026, 11, 25) })).ShouldBe(["consent-future"]);
        Codes(With(static line => line with { ConsentDate = new DateOnly(2026, 11, 24) })).ShouldBeEmpty();
        Codes(With(static line => line with { AccountChecks = "" })).ShouldBeEmpty();
        HearingValidator.Read(With(static line => line with { AccountChecks = "可" }), Rules).Lines.Single().Consent!.AccountChecks.ShouldBeTrue();
        HearingValidator.Read(With(static line => line with { AccountChecks = "" }), Rules).Lines.Single().Consent!.AccountChecks.ShouldBeFalse();
    }

    [Fact]
    public void Device_monitoring_and_medical_records_are_asked_for() =>
        Codes(With(static line => line with { DeviceKind = "", Maker = "", Model = "", MedicalRecords = "", Monitored = "" }) with { SilenceRequest = "依頼する" })
            .ShouldBe(["device-missing", "device-missing", "device-missing", "choice-blank", "choice-blank"]);

    [Theory]
    [InlineData(null, "2026-12-11T06:00+09:00", "window-start-missing")]
    [InlineData("2026-12-10T22:00+09:00", null, "window-end-missing")]
    [InlineData("2026-12-10T22:00+09:00", "2026-12-10T06:00+09:00", "window-backwards")]
    [InlineData("2026-12-10T22:00+09:00", "2026-12-10T22:00+09:00", "window-backwards")]
    [InlineData("2026-12-01T00:00+09:00", "2026-12-31T00:00+09:00", "window-too-long")]
    [InlineData("2025-12-10T22:00+09:00", "2025-12-11T06:00+09:00", "window-past")]
    [InlineData("2062-12-10T22:00+09:00", "2062-12-11T06:00+09:00", "window-far")]
    public void A_window_that_cannot_be_meant_is_asked_about(string? start, string? end, string fault) =>
        Codes(Answers with { CandidateWindows = [Period(start, end)] }).Where(static code => code != "windows-missing").ShouldBe([fault]);

    [Fact]
    public void One_window_to_come_is_enough_and_what_is_kept_does_not_depend_on_the_time()
    {
        var answers = Answers with { CandidateWindows = [Period("2026-11-01T22:00+09:00", "2026-11-02T06:00+09:00"), Answers.CandidateWindows[0]] };

        HearingValidator.Read(answers, Rules).Faults.ShouldBeEmpty();
        HearingValidator.Read(answers, Rules).CandidateWindows.Count.ShouldBe(2);
        HearingValidator.Read(answers, Rules with { Now = Now.AddYears(1) }).CandidateWindows.Count.ShouldBe(2);
        Codes(Answers with { CandidateWindows = [] }).ShouldBe(["windows-missing"]);
        Codes(Answers with { CandidateWindows = [Period(null, null)] }).ShouldBe(["windows-missing"]);
    }

    [Fact]
    public void Times_to_avoid_are_read_and_may_not_eat_every_window()
    {
        Codes(Answers with { TimesToAvoid = [Period("2026-12-10T00:00+09:00", null)] }).ShouldBe(["avoid-end-missing"]);
        Codes(Answers with { TimesToAvoid = [Period(null, "2026-12-10T00:00+09:00")] }).ShouldBe(["avoid-start-missing"]);
        Codes(Answers with { TimesToAvoid = [new PeriodAnswer(null, null, "法定停電")] }).ShouldBe(["avoid-start-missing", "avoid-end-missing"]);
        Codes(Answers with { TimesToAvoid = [Period("2026-12-10T00:00+09:00", "2026-12-09T00:00+09:00")] }).ShouldBe(["avoid-backwards"]);
        Codes(Answers with { TimesToAvoid = [Period("2026-12-10T00:00+09:00", "2028-12-09T00:00+09:00")] }).ShouldBe(["avoid-too-long"]);
        Codes(Answers with { TimesToAvoid = [Period("2026-12-01T00:00+09:00", "2026-12-31T00:00+09:00")] }).ShouldBe(["windows-all-avoided"]);
    }

    [Fact]
    public void Confirmations_of_the_day_are_read_without_sending_the_hearing_back()
    {
        var record = HearingValidator.Read(
            Answers with
            {
                SameDayConfirmations =
                [
                    new("L1", "８．８．４．４", Now, "佐藤"), new("L1", "192.168.0.1", Now, "佐藤"), new("L9", "8.8.4.4", Now, "佐藤"), new("L1", "8.8.4.4", null, ""), new("", "", null, ""),
                ],
            },
            Rules);

        record.SameDayConfirmations.Select(static each => each.Address?.ToString()).ShouldBe(["8.8.4.4", null]);
        record.SameDayFaults.Select(static fault => fault.Code).ShouldBe(["address-private", "confirmation-line-unknown", "confirmation-time-missing"]);
        record.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void Laboratory_addresses_are_taken_only_where_a_setting_allows_them()
    {
        var answers = With(static line => line with { Address = "127.0.0.5", FqdnProvided = "連携あり", Fqdn = "l1.localhost" });

        HearingValidator.Read(answers, Rules).Faults.Select(static fault => fault.Code).ShouldBe(["address-loopback", "fqdn-not-public"]);
        HearingValidator.Read(answers, InLaboratory).Faults.ShouldBeEmpty();
    }

    private static PeriodAnswer Period(string? start, string? end) =>
        new(start is null ? null : DateTimeOffset.Parse(start), end is null ? null : DateTimeOffset.Parse(end));
}
