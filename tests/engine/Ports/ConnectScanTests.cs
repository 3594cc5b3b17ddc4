using System.Net;
using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine.Ports;

public sealed class ConnectScanTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly PaperDialer _dialer = new();
    private readonly OpenGate _gate = new();
    private CheckpointFile? _checkpoint;

    public async ValueTask DisposeAsync()
    {
        if (_checkpoint is not null) await _checkpoint.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Each_answer_becomes_its_state()
    {
        _dialer.Answers[22] = DialAnswer.Open;
        _dialer.Answers[23] = DialAnswer.Closed;
        _dialer.Answers[24] = DialAnswer.Prohibited;

        var states = await RunAsync([22, 23, 24]);

        (states[22], states[23], states[24]).ShouldBe((PortState.Open, PortState.Closed, PortState.Filtered));
    }

    [Fact]
    public async Task A_silent_port_is_asked_again_before_it_counts_as_filtered()
    {
        var states = await RunAsync([25]);

        states[25].ShouldBe(PortState.Filtered);
        _dialer.Dialled[25].ShouldBe(2);
    }

    [Fact]
    public async Task An_answer_at_the_second_try_counts()
    {
        _dialer.LostFirst.Add(22);
        _dialer.Answers[22] = DialAnswer.Open;

        (await RunAsync([22]))[22].ShouldBe(PortState.Open);
    }

    [Fact]
    public async Task Where_most_answered_a_silent_port_is_asked_a_third_time()
    {
        foreach (var port in Enumerable.Range(100, 40)) _dialer.Answers[port] = DialAnswer.Closed;

        var states = await RunAsync([25, .. Enumerable.Range(100, 40)]);

        states[25].ShouldBe(PortState.Filtered);
        _dialer.Dialled[25].ShouldBe(3);
    }

    [Fact]
    public async Task An_answer_that_a_busy_scanner_has_not_read_yet_is_no_silence()
    {
        _dialer.LateButThere.Add(22);

        (await RunAsync([22]))[22].ShouldBe(PortState.Open);
        _dialer.Dialled[22].ShouldBe(1);
    }

    [Fact]
    public async Task A_fault_of_our_own_machine_says_nothing_of_the_port()
    {
        _dialer.FaultsFirst.Add(22);
        _dialer.Answers[22] = DialAnswer.Open;

        (await RunAsync([22]))[22].ShouldBe(PortState.Open);
    }

    [Fact]
    public async Task Ports_that_the_checkpoint_knows_are_not_asked_again()
    {
        var scan = await ScanAsync();
        await _checkpoint!.AppendAsync([new CheckpointEntry { Ports = new ResolvedPorts(Transport.Tcp, PortState.Closed, "1-99") }], CancellationToken.None);
        _dialer.Answers[100] = DialAnswer.Open;

        await scan.RunAsync([.. Enumerable.Range(1, 100)], static _ => { }, CancellationToken.None);

        _dialer.Dialled.Keys.ShouldBe([100]);
    }

    [Fact]
    public async Task Every_packet_is_charged()
    {
        _dialer.Answers[22] = DialAnswer.Open;
        _dialer.Answers[23] = DialAnswer.Closed;

        await RunAsync([22, 23, 24]);

        // A SYN each and a second one to the silent port; ACK and RST to the open one.
        _gate.Passed.ShouldBe(4);
        _gate.Charged.ShouldBe(2);
    }

    private async Task<PortStates> RunAsync(IReadOnlyList<int> ports)
    {
        var scan = await ScanAsync();
        await scan.RunAsync(ports, static _ => { }, CancellationToken.None);
        return _checkpoint!.State.Tcp;
    }

    private async Task<ConnectScan> ScanAsync()
    {
        var start = new CheckpointStart(new ScanPlan(ScanPlan.CurrentSchema, "192.0.2.10", null, "", "-", ""), 1, Authorizations.Now);
        (_checkpoint, _) = await CheckpointFile.OpenAsync(_folder.File("c"), start, TimeProvider.System, CancellationToken.None);
        return new ConnectScan(IPAddress.Parse("192.0.2.10"), _dialer, _gate, _checkpoint!, new FastTime());
    }

    /// <summary>The real clock, a hundred times as fast: waiting for silence is real, but short.</summary>
    private sealed class FastTime : TimeProvider
    {
        public override long GetTimestamp() => System.GetTimestamp() * 100;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime / 100, period);
    }

    /// <summary>A host on paper: answers as told, else keeps silent until the attempt is given up.</summary>
    private sealed class PaperDialer : IPortDialer
    {
        public Dictionary<int, DialAnswer> Answers { get; } = [];

        public HashSet<int> LostFirst { get; } = [];

        public HashSet<int> FaultsFirst { get; } = [];

        /// <summary>The kernel has the answer, but it is told only when somebody looks.</summary>
        public HashSet<int> LateButThere { get; } = [];

        public Dictionary<int, int> Dialled { get; } = [];

        public IPortAttempt Dial(IPEndPoint endpoint, Action<int, DialAnswer> done)
        {
            Dialled[endpoint.Port] = Dialled.GetValueOrDefault(endpoint.Port) + 1;
            if (FaultsFirst.Remove(endpoint.Port)) return Answered(endpoint.Port, DialAnswer.LocalFault, done);
            if (!LostFirst.Remove(endpoint.Port) && Answers.TryGetValue(endpoint.Port, out var answer)) return Answered(endpoint.Port, answer, done);
            return LateButThere.Contains(endpoint.Port)
                ? new Attempt(() => done(endpoint.Port, DialAnswer.Silent)) { Late = () => done(endpoint.Port, DialAnswer.Open) }
                : new Attempt(() => done(endpoint.Port, DialAnswer.Silent));
        }

        private static Attempt Answered(int port, DialAnswer answer, Action<int, DialAnswer> done)
        {
            done(port, answer);
            return new Attempt(static () => { });
        }

        private sealed class Attempt(Action givenUp) : IPortAttempt
        {
            public Action? Late { get; init; }

            public bool HasAnswer
            {
                get
                {
                    Late?.Invoke();
                    return Late is not null;
                }
            }

            public void Dispose() => givenUp();
        }
    }
}
