using System.Net;
using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks;

/// <summary>Runs the checks that the open ports call for, and the caller's further sources of findings.</summary>
internal sealed class CheckRunner(
    ScanTarget target, bool accounts, IProbeTransport transport, ScanGate gate, CheckpointFile checkpoint, IReadOnlyList<IFindingSource> sources, TimeProvider time)
{
    private const int PortsAtOnce = 8;

    /// <summary>The port has answered before, and at once: what it does not answer in two seconds it refuses.</summary>
    private static readonly ProbeLimits ForDatagrams = ProbeLimits.Default with { Read = TimeSpan.FromSeconds(2) };

    private readonly List<ScanFinding> _findings = [];
    private readonly List<NotExamined> _notExamined = [];

    /// <summary>What was found.</summary>
    public IReadOnlyList<ScanFinding> Findings => _findings;

    /// <summary>What could not be judged.</summary>
    public IReadOnlyList<NotExamined> NotExamined => _notExamined;

    /// <summary>True once every active check that was called for has been run, now or in an earlier run.</summary>
    public bool Finished { get; private set; }

    /// <summary>Judges all ports by the facts gathered; sends nothing.</summary>
    public async Task JudgeAsync(IReadOnlyList<PortResult> ports, CancellationToken cancellationToken)
    {
        foreach (var port in ports)
        {
            foreach (var check in CheckCatalogue.Passive.Where(check => check.AppliesTo(port)))
                Take(check.Id, port, Judge(check, new CheckFacts(port, ports, target, gate.Now)));
            foreach (var judged in checkpoint.State.Judged.Values.Where(judged => judged.Protocol == port.Protocol && judged.Port == port.Port))
                Take(judged.Check, port, OutcomeOf(judged));
            foreach (var source in sources)
            {
                var answer = await FindAsync(source, port, cancellationToken);
                _findings.AddRange(answer.Findings);
                _notExamined.AddRange(answer.NotExamined);
            }
        }
    }

    /// <summary>Runs the checks that send, and keeps what they judged in the checkpoint.</summary>
    /// <exception cref="ScanHaltedException">Nothing more may be sent.</exception>
    public async Task AskAsync(IReadOnlyList<PortResult> ports, Action<int, int> progress, CancellationToken cancellationToken)
    {
        var due = ports
            .Where(port => gate.MayWrite(port.Protocol, port.Port))
            .SelectMany(port => CheckCatalogue.Active.Where(check => check.AppliesTo(port)).Select(check => (port, check)))
            .Where(pair => !checkpoint.State.Judged.ContainsKey((pair.check.Id, pair.port.Protocol, pair.port.Port)))
            .ToList();
        var done = 0;
        // One conversation at a time with a port; a silent port holds up no other.
        await Parallel.ForEachAsync(due.GroupBy(static pair => (pair.port.Protocol, pair.port.Port)), new ParallelOptions { MaxDegreeOfParallelism = PortsAtOnce, CancellationToken = cancellationToken }, async (ofPort, token) =>
        {
            foreach (var (port, check) in ofPort)
            {
                var outcome = check.Cost.NeedsAccountConsent && !accounts
                    ? CheckOutcome.CannotTell("Consent to checks of accounts is not on record.")
                    : await RunAsync(check, port, ports, token);
                await checkpoint.AppendAsync([new CheckpointEntry { Judged = EntryOf(check.Id, port, outcome) }], CancellationToken.None);
                progress(Interlocked.Increment(ref done), due.Count);
            }
        });
        Finished = true;
    }

    /// <summary>What breaks a check or a source is left as not examined: it never costs the result.</summary>
    private static CheckOutcome Judge(ICheck check, CheckFacts facts)
    {
        try
        {
            return check.Judge(facts);
        }
        catch (Exception error)
        {
            return CheckOutcome.CannotTell($"The facts broke the check: {error.GetType().Name}: {error.Message}");
        }
    }

    private static async ValueTask<FindingAnswer> FindAsync(IFindingSource source, PortResult port, CancellationToken cancellationToken)
    {
        try
        {
            return await source.FindAsync(port, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            return new([], [new NotExamined(port.Protocol, port.Port, source.Version.Key, $"{error.GetType().Name}: {error.Message}")]);
        }
    }

    private async Task<CheckOutcome> RunAsync(IActiveCheck check, PortResult port, IReadOnlyList<PortResult> ports, CancellationToken cancellationToken)
    {
        var info = new ProbeInfo(check.Id, port.Protocol, [port.Port], check.Cost.MaxRequests);
        var where = new ProbeTarget(new IPEndPoint(IPAddress.Parse(target.Address), port.Port), target.Fqdn) { Tls = port.Tls is { StartTls: false } tls ? tls : null };
        var context = new ProbeContext(where, info, transport, gate, port.Protocol == Transport.Udp ? ForDatagrams : ProbeLimits.Default, time);
        try
        {
            return await check.RunAsync(new CheckFacts(port, ports, target, gate.Now), context, cancellationToken);
        }
        catch (LinkException error)
        {
            return CheckOutcome.CannotTell(error.Message);
        }
        catch (Exception error) when (error is not ScanHaltedException && !cancellationToken.IsCancellationRequested)
        {
            return CheckOutcome.CannotTell($"The answer broke the check: {error.GetType().Name}: {error.Message}");
        }
    }

    private void Take(string id, PortResult port, CheckOutcome outcome)
    {
        if (outcome.Verdict == CheckVerdict.CannotTell) _notExamined.Add(new NotExamined(port.Protocol, port.Port, id, outcome.Reason ?? "The facts do not suffice."));
        if (outcome.Verdict != CheckVerdict.Positive) return;
        var text = CheckTexts.ById[id];
        _findings.Add(new ScanFinding
        {
            Id = id,
            Kind = text.Kind,
            Protocol = port.Protocol,
            Port = port.Port,
            Severity = text.Severity,
            Qod = outcome.Qod,
            TitleJa = text.Title,
            Evidence = outcome.Evidence.Text,
        });
    }

    private static JudgedCheck EntryOf(string id, PortResult port, CheckOutcome outcome) =>
        new(id, port.Protocol, port.Port, outcome.Verdict, outcome.Evidence.Text, outcome.Qod, outcome.Reason);

    private static CheckOutcome OutcomeOf(JudgedCheck judged) => judged.Verdict switch
    {
        CheckVerdict.Positive => CheckOutcome.Positive(new Evidence(judged.Evidence), judged.Qod),
        CheckVerdict.Negative => CheckOutcome.Negative(),
        CheckVerdict.CannotTell => CheckOutcome.CannotTell(judged.Reason ?? "The facts do not suffice."),
    };
}
