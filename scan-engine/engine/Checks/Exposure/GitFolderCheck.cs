using System.Text.RegularExpressions;
using VulnDiag.Engine.Probes;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A web server hands out the folder of the version control: source, and often passwords.</summary>
internal sealed partial class GitFolderCheck : IActiveCheck
{
    public string Id => "git-folder";

    public ActiveCheckCost Cost { get; } = new(MaxRequests: 1, CheckRisk.Logged);

    public bool AppliesTo(PortResult port) => port.Service is "http" or "https";

    public async ValueTask<CheckOutcome> RunAsync(CheckFacts facts, ProbeContext context, CancellationToken cancellationToken)
    {
        var raw = await HttpRequest.GetAsync(context, "/.git/HEAD", cancellationToken);
        if (HttpAnswer.TryParse(raw.Span) is not { } answer) return CheckOutcome.CannotTell("The page was not answered.");
        return answer.Status == 200 && Head().IsMatch(answer.Body)
            ? CheckOutcome.Positive(Evidence.Of($"/.git/HEAD: {answer.Body}"), qod: 98)
            : CheckOutcome.Negative();
    }

    // gitrepository-layout: HEAD names a branch, or holds a commit.
    [GeneratedRegex(@"^(?:ref: refs/\S+|[0-9a-f]{40})\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Head();
}
