using CsCheck;
using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Findings;
using VulnDiag.Model;
using VulnDiag.Report.Samples;

namespace VulnDiag.Report;

public sealed class ReportModelBuilderTests
{
    private static readonly Gen<FindingRecord> AnyFinding =
        from severity in Gen.Int[1, 6].Select(static number => (Severity)number)
        from rerated in Gen.Int[0, 6].Select(static number => number == 0 ? (Severity?)null : (Severity)number)
        from verdict in Gen.Enum<FindingVerdict>()
        from change in Gen.Enum<FindingChange>()
        from expires in Gen.Int[-2, 1].Select(static days => days == -2 ? (DateOnly?)null : SampleReport.Made.AddDays(days))
        from line in Gen.Int[1, 3].Select(static number => $"L{number}")
        from port in Gen.Int[1, 65535]
        select SampleFindings.Record(
            line,
            SampleFindings.Other("check", FindingKind.Exposure, Transport.Tcp, port, severity, "t", "e"),
            change,
            new FindingDecision { Verdict = verdict, ReRated = rerated, Expires = expires });

    [Fact]
    public void The_hospital_is_named_as_typed_and_not_as_normalised()
    {
        var input = SampleReport.Input() with { Engagement = SampleReport.Engagement() with { Answers = new() { HospitalName = "ﾐﾅﾄ病院　（旧館）" } } };

        ReportModelBuilder.OfEngagement(input).HospitalName.ShouldBe("ﾐﾅﾄ病院　（旧館）");
    }

    [Fact]
    public void Counts_are_those_of_the_findings_that_stand()
    {
        var counts = SampleReport.Model().Counts;

        Severities.All.Select(severity => counts[severity]).ShouldBe([1, 1, 1, 1, 6, 1]);
        counts.Total.ShouldBe(11);
    }

    [Fact]
    public void A_false_positive_is_left_out_and_counted_until_its_expiry()
    {
        var line = SampleReport.Model().Lines[0];

        line.FalsePositives.ShouldBe(1);
        line.Findings.ShouldNotContain(static finding => finding.Machine.Id == "CVE-2018-90004");
        line.Findings.Single(static finding => finding.Machine.Id == "CVE-2016-90005").DecisionExpired.ShouldBeTrue();
    }

    [Fact]
    public void An_accepted_risk_is_still_counted_and_carries_reason_and_expiry()
    {
        var accepted = SampleReport.Model().Lines[0].Findings.Single(static finding => finding.Accepted);

        accepted.Machine.Id.ShouldBe("tls-old");
        accepted.Decision.Reason.ShouldNotBeEmpty();
        accepted.Decision.Expires.ShouldBe(new DateOnly(2027, 3, 31));
    }

    [Fact]
    public void What_was_fixed_or_not_examined_is_told_apart_from_what_stands()
    {
        var model = SampleReport.Model();

        model.Lines[0].Fixed.Select(static finding => finding.Machine.Id).ShouldBe(["cert-expired"]);
        model.Lines[1].NotExamined.Select(static finding => finding.Machine.Id).ShouldBe(["dns-open-resolver"]);
    }

    [Fact]
    public void Without_a_previous_engagement_nothing_is_called_new()
    {
        SampleReport.Model(withPrevious: false).Lines.SelectMany(static line => line.Findings).ShouldAllBe(static finding => finding.Change == null);
    }

    [Fact]
    public void Of_two_results_for_a_line_the_later_counts()
    {
        var later = SampleScans.VpnBox() with { Finished = SampleScans.Start.AddDays(9), Seed = 2 };
        var input = SampleReport.Input() with { Results = [later, SampleScans.VpnBox()] };

        ReportModelBuilder.OfEngagement(input).Lines[0].Scan!.Seed.ShouldBe(2);
    }

    [Fact]
    public void A_vendors_slice_holds_its_lines_and_no_other_vendor_nor_the_summary()
    {
        var model = SampleReport.Model();
        var vendor = model.Vendors.Single(static vendor => vendor.Company == "北画像ネット株式会社");

        var slice = model.SliceFor(vendor);

        slice.Lines.Select(static line => line.Id.Value).ShouldBe(["L2", "L6"]);
        slice.Vendors.ShouldBe([vendor]);
        slice.Summary.ShouldBeEmpty();
        slice.Counts.Total.ShouldBe(2);
    }

    [Fact]
    public void A_stranger_gets_no_slice()
    {
        Should.Throw<ArgumentException>(() => SampleReport.Model().SliceFor(new ReportVendor("x@y.example", "x", Domain.Hearing.VendorRole.Circuit)));
    }

    [Fact]
    public void An_operators_own_scan_makes_one_line_named_by_its_address()
    {
        var model = SampleReport.OwnScan();

        model.HospitalName.ShouldBeNull();
        model.Lines.Single().Id.ShouldBe(new LineId("198.18.0.10"));
        model.Lines.Single().Outcome.ShouldBe(LineOutcome.Done);
        model.Counts.Total.ShouldBe(SampleFindings.OfVpnBox.Count);
    }

    [Fact]
    public void An_own_scan_that_was_cut_short_says_why()
    {
        var result = SampleScans.Remote();

        var line = ReportModelBuilder.OfScan(new ScanReportInput(result, CheckTexts.None, "o", SampleReport.Made)).Lines.Single();

        line.Outcome.ShouldBe(LineOutcome.Stopped);
        line.OutcomeReason.ShouldBe(result.Stops[^1].Reason);
    }

    [Fact]
    public void No_finding_is_lost_and_none_is_counted_twice() => AnyFinding.List[0, 30].Sample(findings =>
    {
        var model = ReportModelBuilder.OfEngagement(SampleReport.Input() with { Findings = findings });

        var shown = model.Lines.Sum(static line => line.Findings.Count + line.FalsePositives + line.Fixed.Count + line.NotExamined.Count);
        var hidden = findings.Count(static finding => finding.Change is FindingChange.NotExamined
            && finding.Decision is { Verdict: FindingVerdict.FalsePositive } decision
            && !(decision.Expires < SampleReport.Made));
        shown.ShouldBe(findings.Count - hidden);
        model.Counts.Total.ShouldBe(model.Lines.Sum(static line => line.Findings.Count));
    });
}
