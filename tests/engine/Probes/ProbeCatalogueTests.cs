using System.Text.RegularExpressions;
using VulnDiag.Engine.Support;

namespace VulnDiag.Engine.Probes;

public sealed class ProbeCatalogueTests
{
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

    [Fact]
    public async Task Every_probe_survives_any_bytes()
    {
        foreach (var probe in ProbeCatalogue.All) await ProbeRun.SurvivesAnyBytesAsync(probe, iterations: 25);
    }

    [Fact]
    public void Every_probe_has_a_test_class()
    {
        var tests = typeof(ProbeCatalogueTests).Assembly.GetTypes().Select(static type => type.Name).ToHashSet();

        ProbeCatalogue.All.Select(static probe => probe.GetType().Name + "Tests").ShouldAllBe(name => tests.Contains(name));
    }
}
