using System.Net;
using CsCheck;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Permission;
using VulnDiag.Domain.Steps;
using VulnDiag.TestSupport;
using static VulnDiag.TestSupport.EngagementBuilder;

namespace VulnDiag.Domain.Tests.Steps;

public sealed class StepProperties
{
    private const int MostMovesInARow = 12;
    private static readonly Period[] Nights = [FirstNight, SecondNight, Night(14)];

    private static readonly Gen<Line> GenLine = Gen.Select(
        Gen.Int[1, 3], Gen.Enum<YesNoUnknown>(), Gen.Enum<Communication>(), Gen.Enum<Addressing>(), Gen.Bool, Gen.Bool, Gen.Enum<YesNoUnknown>(), Gen.Bool,
        static (id, globalIp, communication, addressing, address, fqdn, monitored, consent) => FixedLine($"L{id}") with
        {
            GlobalIp = globalIp,
            Communication = communication,
            Addressing = addressing,
            AddressProvided = address ? Provided.Yes : Provided.No,
            Address = address ? IPAddress.Parse("8.8.8.8") : null,
            FqdnProvided = fqdn ? Provided.Yes : Provided.No,
            Fqdn = fqdn ? "www.example.com" : null,
            MonitoredAnswer = monitored,
            Consent = consent ? FixedLine().Consent : null,
        });

    private static readonly Gen<LineFacts> GenFacts = Gen.Select(
        Gen.Int[1, 3], Gen.Int[0, 2], Gen.Bool, Gen.Enum<LineOutcome>(), Gen.Int[0, 3],
        static (id, meeting, deferred, outcome, givenUp) => new LineFacts
        {
            Id = new LineId($"L{id}"),
            Meeting = meeting == 0 ? null : (MeetingOutcome)(meeting - 1),
            Deferred = deferred && id == 1,
            Outcome = outcome,
            GivenUpWindow = givenUp < Nights.Length ? Nights[givenUp].Start : null,
        });

    private static readonly Gen<LineScan> GenScan = Gen.Select(Gen.Int[1, 3], Gen.Enum<ScanState>(), Gen.Bool,
        static (id, state, saved) => new LineScan(new LineId($"L{id}"), state, state is ScanState.Running ? "" : "reason", saved, FirstNight.Start));

    private static readonly Gen<(EngagementBuilder Builder, StepContext Context, int Replies)> GenCase = Gen.Select(
        Gen.Enum<EngagementState>(), Gen.Enum<EngagementState>(), GenLine.Array[1, 3], GenFacts.Array[0, 3], Gen.Int[0, 3], GenScan.Array[0, 3], Gen.Int[0, 30 * 24], Gen.Int[0, 2],
        static (state, seen, lines, facts, windows, scans, hours, replies) => (
            new EngagementBuilder
            {
                State = state,
                Seen = seen,
                Lines = [.. lines.DistinctBy(static line => line.Id)],
                Candidates = Nights,
                Facts = record => record with
                {
                    Lines = [.. facts.DistinctBy(static line => line.Id)],
                    Windows = Nights[..windows],
                    SilenceRound = replies,
                },
            },
            At(Tuesday.AddHours(hours)) with { Scans = [.. scans.DistinctBy(static scan => scan.Line)] },
            replies));

    [Fact]
    public void A_step_is_repeatable_and_makes_only_moves_of_the_table() => GenCase.Sample(static test =>
    {
        var engagement = test.Builder.Build();
        var step = StepCatalogue.Find(engagement.State)!;
        var first = step.Decide(engagement, test.Context);
        var second = step.Decide(engagement, test.Context);

        second.Effects.ShouldBe(first.Effects, Compare);
        second.Move.ShouldBe(first.Move);
        first.Effects.Select(static effect => effect.Key).ShouldBeUnique();
        first.Effects.ShouldAllBe(static effect => effect.Key.All(static letter => char.IsAscii(letter) && !char.IsControl(letter)));
        if (first.Move is { } move)
        {
            var transition = EngagementLifecycle.Find(engagement.State, move).ShouldNotBeNull();
            transition.By.HasFlag(Mover.Worker).ShouldBeTrue();
            // A person's move that is taken back leaves what was known before it.
            if (first.Facts.StateSeen != engagement.Facts.StateSeen) first.Facts.StateSeen.ShouldBe(transition.To);
        }
    });

    [Fact]
    public void No_scan_is_ordered_that_is_not_permitted() => GenCase.Sample(static test =>
    {
        var engagement = test.Builder.Build();
        var result = StepCatalogue.Find(engagement.State)!.Decide(engagement, test.Context);
        if (result.Scans.Lines.Count > 0) engagement.State.ShouldBe(EngagementState.Scanning);
        var after = engagement with { Facts = result.Facts };
        foreach (var target in result.Scans.Lines)
            ScanPermission.Check(after, LineView.Of(after, after.Facts).Single(line => line.Id == target.Line), test.Context).ShouldBeEmpty();
    });

    [Fact]
    public void Left_alone_every_engagement_comes_to_rest() => GenCase.Sample(static test =>
    {
        var engagement = test.Builder.Build();
        var path = new List<EngagementState> { engagement.State };
        for (var moves = 0; moves < MostMovesInARow; moves++)
        {
            var result = StepCatalogue.Find(engagement.State)!.Decide(engagement, test.Context);
            if (result.Move is not { } move) return;
            engagement = engagement with { State = EngagementLifecycle.Find(engagement.State, move)!.To, Facts = result.Facts };
            path.Add(engagement.State);
        }

        throw new ShouldAssertException($"It goes round and round: {string.Join(" → ", path)}");
    });

    private static IEqualityComparer<Effect> Compare { get; } =
        EqualityComparer<Effect>.Create(static (left, right) => left?.Key == right?.Key && left?.GetType() == right?.GetType(), static effect => effect.Key.GetHashCode(StringComparison.Ordinal));
}
