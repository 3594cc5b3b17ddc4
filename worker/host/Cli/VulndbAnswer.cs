using Newtonsoft.Json.Linq;
using VulnDiag.VulnDb.Matching;

namespace VulnDiag.Worker.Cli;

/// <summary>The answer of <c>vulndb match --json</c>. The names are a contract: they grow, they do not change.</summary>
internal sealed record VulndbAnswer
{
    /// <summary>The question's own id, as given.</summary>
    public JToken? Id { get; init; }

    /// <summary>CPE names that were matched.</summary>
    public IReadOnlyList<string> Cpe { get; init; } = [];

    /// <summary>CVEs that the version has.</summary>
    public IReadOnlyList<Match> Matches { get; init; } = [];

    /// <summary>CVEs that the distribution has fixed.</summary>
    public IReadOnlyList<SuppressedMatch> Suppressed { get; init; } = [];

    /// <summary>One CVE.</summary>
    internal sealed record Match(string Cve, ScoreOf? Cvss, bool Kev, decimal? Epss, IReadOnlyList<string> Jvn, int Qod, string Why)
    {
        internal static Match Of(VulnMatch match) => new(
            match.Cve,
            match.Score is null ? null : new ScoreOf(match.Score.Version, match.Score.Score),
            match.KnownExploited,
            match.ExploitProbability,
            [.. match.Jvn.Select(static entry => entry.Id)],
            match.QualityOfDetection,
            match.Why);
    }

    /// <summary>A score and the version of CVSS that gave it.</summary>
    internal sealed record ScoreOf(string Version, decimal Score);
}
