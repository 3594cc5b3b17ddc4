using System.Net;
using VulnDiag.Domain.Data;
using VulnDiag.Domain.Hearing;
using VulnDiag.TestSupport;

namespace VulnDiag.Domain.Triage;

public sealed class TriageTableTests
{
    private static readonly HearingFault Fault = new("any", new LineId("L1"), "any", "直してください。");

    /// <summary>Every answer of every triage field, blanks included.</summary>
    internal static IEnumerable<Line> Everything =>
        from globalIp in WithBlank<YesNoUnknown>()
        from communication in WithBlank<Communication>()
        from access in WithBlank<AccessTechnology>()
        from addressing in WithBlank<Addressing>()
        from address in WithBlank<Provided>()
        from fqdn in WithBlank<Provided>()
        from value in new[] { null, "8.8.8.8", "2001:4860:4860::8888" }
        select new Line
        {
            Id = new LineId("L1"), GlobalIp = globalIp, Communication = communication, Access = access, Addressing = addressing,
            AddressProvided = address, FqdnProvided = fqdn, Address = value is null ? null : IPAddress.Parse(value),
        };

    private static IEnumerable<T?> WithBlank<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(static each => (T?)each).Append(null);

    [Fact]
    public void Every_combination_of_answers_gets_a_decision_with_a_reason()
    {
        foreach (var line in Everything)
        {
            foreach (var faults in new HearingFault[][] { [], [Fault] })
            {
                var result = TriageTable.Decide(line, faults);
                result.ReasonJa.ShouldNotBeNullOrWhiteSpace();
                (result.No is null).ShouldBe(result.Decision == Decision.Incomplete || result is { Decision: Decision.Conditional, Requirement: Requirement.Meeting, No: null });
                if (result.Decision == Decision.Incomplete) result.Requirement.ShouldBe(Requirement.None);
            }
        }
    }

    [Fact]
    public void Every_combination_meets_one_row_at_most() =>
        Everything.ShouldAllBe(static line => TriageRow.All.Count(row => row.Fits(line)) <= 1);

    [Fact]
    public void Every_row_is_met_by_some_combination() =>
        Everything.Select(static line => TriageTable.Decide(line, []).No).Where(static no => no is not null).Distinct().Order()
            .ShouldBe(Enumerable.Range(1, 19).Select(static no => (int?)no));

    [Fact]
    public void Without_faults_only_blanks_are_incomplete() => Everything
        .Where(static line => TriageTable.Decide(line, []).Decision == Decision.Incomplete)
        .ShouldAllBe(static line => line.GlobalIp == null || line.Communication == null || line.Addressing == null || line.AddressProvided == null || line.FqdnProvided == null);

    [Fact]
    public void No_global_IP_an_unknown_one_and_a_closed_network_ignore_the_rest()
    {
        foreach (var line in Everything)
        {
            var no = TriageTable.Decide(line, [Fault]).No;
            if (line.GlobalIp is YesNoUnknown.No) no.ShouldBe(18);
            if (line.GlobalIp is YesNoUnknown.Unknown) no.ShouldBe(19);
            if (line is { GlobalIp: YesNoUnknown.Yes, Communication: Communication.ClosedNetwork }) no.ShouldBe(17);
        }
    }

    [Fact]
    public void Unknown_answers_and_shared_addresses_go_to_a_meeting_before_any_fault()
    {
        var open = Everything.Where(static line => line.GlobalIp is YesNoUnknown.Yes && line.Communication is not Communication.ClosedNetwork
            && (line.Communication is Communication.Unknown || line.Addressing is Addressing.Unknown || line.SharedAddress));

        open.ShouldAllBe(static line => IsMeetingWithoutRow(TriageTable.Decide(line, new[] { Fault })));
    }

    [Fact]
    public void A_fault_makes_any_other_line_incomplete_in_the_faults_own_words()
    {
        var line = new Line
        {
            Id = new LineId("L1"), GlobalIp = YesNoUnknown.Yes, Communication = Communication.Internet, Access = AccessTechnology.Pppoe,
            Addressing = Addressing.Fixed, AddressProvided = Provided.Yes, FqdnProvided = Provided.No,
        };

        TriageTable.Decide(line, [Fault, Fault]).ShouldBe(new TriageResult(null, Decision.Incomplete, Requirement.None, "直してください。直してください。"));
        TriageTable.Decide(line, []).No.ShouldBe(2);
    }

    [Fact]
    public void An_IPv6_address_is_not_shared()
    {
        var line = new Line
        {
            Id = new LineId("L1"), GlobalIp = YesNoUnknown.Yes, Communication = Communication.Internet, Access = AccessTechnology.DsLite,
            Addressing = Addressing.Fixed, AddressProvided = Provided.Yes, Address = IPAddress.Parse("2001:4860:4860::8888"), FqdnProvided = Provided.No,
        };

        TriageTable.Decide(line, []).No.ShouldBe(2);
        TriageTable.Decide(line with { Address = IPAddress.Parse("8.8.8.8") }, []).No.ShouldBeNull();
    }

    [Fact]
    public void The_19_rows_are_frozen() =>
        Golden.Matches("domain/triage-rows.txt", string.Concat(TriageRow.All.Select(static row =>
            $"{row.No} {row.GlobalIp} {row.Communication} {row.Addressing} {row.Address} {row.Fqdn} -> {row.Result.Decision} {row.Result.Requirement} {row.Result.ReasonJa}\n")));

    [Fact]
    public void The_19_rows_are_those_of_the_guides_table()
    {
        var guide = File.ReadLines(SharedMaterial.PathOf("reference/triage-table.csv")).Skip(1).Select(EmbeddedCsv.Cells);
        var ours = EmbeddedCsv.Rows("Triage.triage-table.csv").Select(static row => row.Values.ToList());

        ours.ShouldBe(guide);
    }

    private static bool IsMeetingWithoutRow(TriageResult result) =>
        result is { No: null, Decision: Decision.Conditional, Requirement: Requirement.Meeting };
}
