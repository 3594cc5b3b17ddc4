using CsCheck;

namespace VulnDiag.Engine.Authorization;

public sealed class StopChannelTests : IDisposable
{
    private readonly StopSignal _signal = new();

    public void Dispose() => _signal.Dispose();

    [Fact]
    public async Task A_stop_carries_its_word_and_its_words()
    {
        await new StopChannel(_signal, controlled: true).ListenAsync(new StringReader("stop cancelled The engagement was cancelled.\n"), CancellationToken.None);

        _signal.Current.ShouldBe(new Halt(HaltKind.StopNow, "cancelled", "The engagement was cancelled."));
        _signal.Token.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task A_checkpoint_is_another_thing_than_a_stop()
    {
        await new StopChannel(_signal, controlled: false).ListenAsync(new StringReader("checkpoint restart The worker restarts.\n"), CancellationToken.None);

        _signal.Current!.Kind.ShouldBe(HaltKind.HostStopping);
    }

    [Fact]
    public async Task A_stop_outweighs_an_earlier_checkpoint_and_is_not_outweighed()
    {
        await new StopChannel(_signal, controlled: true).ListenAsync(new StringReader("checkpoint restart x\nstop STOP x\ncheckpoint restart x\n"), CancellationToken.None);

        _signal.Current!.Word.ShouldBe("STOP");
    }

    [Fact]
    public async Task The_end_of_the_input_ends_a_controlled_scan()
    {
        await new StopChannel(_signal, controlled: true).ListenAsync(new StringReader(""), CancellationToken.None);

        _signal.Current!.Word.ShouldBe("worker-gone");
    }

    [Fact]
    public async Task The_end_of_the_input_means_nothing_on_a_terminal()
    {
        await new StopChannel(_signal, controlled: false).ListenAsync(new StringReader(""), CancellationToken.None);

        _signal.Current.ShouldBeNull();
    }

    [Fact]
    public async Task Listening_ends_with_the_scan()
    {
        using var over = new CancellationTokenSource();
        using var input = new SilentReader();
        var listening = new StopChannel(_signal, controlled: true).ListenAsync(input, over.Token);
        await over.CancelAsync();
        await listening;

        _signal.Current.ShouldBeNull();
    }

    [Fact]
    public void Any_line_is_read_or_passed_over() => Gen.String.Sample(static line => StopChannel.Parse(line));

    private sealed class SilentReader : TextReader
    {
        public override ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) => new(new TaskCompletionSource<string?>().Task);
    }
}
