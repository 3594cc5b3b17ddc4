using System.Text.RegularExpressions;
using Newtonsoft.Json;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Backdoors;

/// <summary>The port greets as a known backdoor does (backdoor-answers.json): a command prompt for anybody, a worm's own server.</summary>
internal sealed class BackdoorAnswerCheck : ICheck
{
    private static readonly IReadOnlyList<BackdoorAnswer> Rows =
        Json.Read<IReadOnlyList<BackdoorAnswer>>(EmbeddedData.Text("Checks.Data.backdoor-answers.json"));

    public string Id => "backdoor-answer";

    public bool AppliesTo(PortResult port) => port.Protocol == Transport.Tcp && port.Product is null && port.Evidence.Length > 0;

    // A port that said nothing is named as not identified; this check has nothing to add to that.
    public CheckOutcome Judge(CheckFacts facts) => Rows.FirstOrDefault(row => row.Matches(facts.Port)) is { } row
        ? CheckOutcome.Positive(new Evidence($"{row.Name}: {facts.Port.Evidence}"), row.Qod)
        : CheckOutcome.Negative();

    /// <summary>A row of backdoor-answers.json.</summary>
    internal sealed record BackdoorAnswer
    {
        private Regex? _pattern;

        [JsonProperty(Required = Required.Always)]
        public required string Name { get; init; }

        /// <summary>What the port's evidence looks like; evidence is printable, line breaks are <c>\n</c> in two characters.</summary>
        [JsonProperty(Required = Required.Always)]
        public required string Pattern { get; init; }

        /// <summary>Ports where the answer means this; empty for all.</summary>
        public IReadOnlyList<int> Ports { get; init; } = [];

        [JsonProperty(Required = Required.Always)]
        public required int Qod { get; init; }

        [JsonProperty(Required = Required.Always)]
        public required string Source { get; init; }

        public bool Matches(PortResult port)
        {
            if (Ports.Count > 0 && !Ports.Contains(port.Port)) return false;
            _pattern ??= new Regex(Pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return _pattern.IsMatch(port.Evidence);
        }
    }
}
