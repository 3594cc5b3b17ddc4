using System.CommandLine;
using VulnDiag.TestSupport;
using VulnDiag.Worker.Cli;

namespace VulnDiag.Worker.Tests.Cli;

/// <summary>What <c>--help</c> prints is a contract with people's habits.</summary>
public sealed class HelpTests
{
    public static TheoryData<string> Commands
    {
        get
        {
            using var console = new TestConsole();
            var data = new TheoryData<string>("");
            foreach (var path in Paths(VulnDiagCommand.Build(console.Host()), "")) data.Add(path);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_is_as_it_was_agreed(string path)
    {
        using var console = new TestConsole();
        (await console.RunAsync([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"])).ShouldBe(0);
        console.Error.ShouldBeEmpty();
        Golden.Matches($"host/help/{(path.Length == 0 ? "vulndiag" : path.Replace(' ', '-'))}.txt", console.Out);
    }

    [Fact]
    public void Every_verb_is_found_once_and_says_what_it_does()
    {
        using var console = new TestConsole();
        var verbs = VulnDiagCommand.Build(console.Host()).Subcommands;
        verbs.Select(static verb => verb.Name).ShouldBeUnique();
        verbs.Count.ShouldBe(VerbCatalogue.All.Count);
        verbs.ShouldAllBe(static verb => verb.Description!.Length > 0);
    }

    private static IEnumerable<string> Paths(Command command, string above)
    {
        foreach (var child in command.Subcommands)
        {
            var path = $"{above} {child.Name}".Trim();
            yield return path;
            foreach (var below in Paths(child, path)) yield return below;
        }
    }
}
