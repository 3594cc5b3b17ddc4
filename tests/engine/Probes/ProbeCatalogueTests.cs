using System.Text.RegularExpressions;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class ProbeCatalogueTests
{
    public static TheoryData<string> Ids => [.. ProbeCatalogue.All.Select(static probe => probe.Info.Id)];

    [Fact]
    public void Ids_are_unique_sorted_and_plain()
    {
        var ids = ProbeCatalogue.All.Select(static probe => probe.Info.Id).ToList();

        ids.ShouldBeUnique();
        ids.ShouldBe(ids.Order(StringComparer.Ordinal));
        ids.ShouldAllBe(static id => Regex.IsMatch(id, "^[a-z0-9-]+$"));
    }

    [Fact]
    public void Every_probe_has_valid_ports_and_a_small_budget()
    {
        foreach (var info in ProbeCatalogue.All.Select(static probe => probe.Info))
        {
            info.Ports.ShouldNotBeEmpty(info.Id);
            info.Ports.ShouldAllBe(static port => port >= 1 && port <= 65535);
            info.MaxRequests.ShouldBeInRange(0, 12, info.Id);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public Task Any_bytes_are_survived(string id) => ProbeRun.SurvivesAnyBytesAsync(ProbeOf(id), iterations: 100);

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_web_server_s_refusal_is_no_match_for_any_other_protocol(string id)
    {
        var probe = ProbeOf(id);
        if (probe.Recognises("HTTP/1.1 400 Bad Request\r\n\r\n"u8)) Assert.Skip("The probe's own protocol.");
        var transport = new ReplayTransport();
        for (var i = 0; i < 4; i++) transport.Then(static () => new ReplayStream().Says("HTTP/1.1 400 Bad Request\r\n\r\n")).Answers("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());

        (await ProbeRun.RunAsync(probe, transport)).Result.ShouldBe(ProbeResult.NoMatch);
    }

    [Fact]
    public void Every_probe_has_a_test_class()
    {
        var tests = typeof(ProbeCatalogueTests).Assembly.GetTypes().Select(static type => type.Name).ToHashSet();

        ProbeCatalogue.All.Select(static probe => probe.GetType().Name + "Tests").ShouldAllBe(name => tests.Contains(name));
    }

    private static IServiceProbe ProbeOf(string id) => ProbeCatalogue.All.Single(probe => probe.Info.Id == id);
}
