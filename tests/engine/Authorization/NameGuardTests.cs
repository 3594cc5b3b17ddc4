using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace VulnDiag.Engine.Authorization;

public sealed class NameGuardTests
{
    private static readonly IPAddress Address = IPAddress.Parse("8.8.8.8");
    private readonly FakeTimeProvider _time = new();
    private readonly PaperResolver _resolver = new();

    [Fact]
    public async Task Without_a_name_nothing_is_asked()
    {
        (await new NameGuard(_resolver, _time).RefuseAsync(null, Address, CancellationToken.None)).ShouldBeNull();
        _resolver.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task It_asks_again_every_minute_and_sees_a_move()
    {
        var guard = new NameGuard(_resolver, _time);
        (await AskAsync(guard)).ShouldBeNull();
        _resolver.Answer = [IPAddress.Parse("9.9.9.9")];

        (await AskAsync(guard)).ShouldBeNull("the last answer is fresh");
        _time.Advance(TimeSpan.FromSeconds(61));
        var halt = await AskAsync(guard);

        halt!.Kind.ShouldBe(HaltKind.StopNow);
        halt.Words.ShouldContain("9.9.9.9");
    }

    [Fact]
    public async Task Servers_that_are_silent_leave_the_last_good_answer_standing_for_five_minutes()
    {
        var guard = new NameGuard(_resolver, _time);
        await AskAsync(guard);
        _resolver.Answer = null;

        _time.Advance(TimeSpan.FromMinutes(4));
        (await AskAsync(guard)).ShouldBeNull();
        _time.Advance(TimeSpan.FromMinutes(2));

        (await AskAsync(guard))!.ShouldBe(new Halt(HaltKind.WindowOrLeaseOver, "fqdn-unresolved", "No DNS server could say where www.example.jp points to."));
    }

    private ValueTask<Halt?> AskAsync(NameGuard guard) => guard.RefuseAsync("www.example.jp", Address, CancellationToken.None);

    private sealed class PaperResolver : IHostNameResolver
    {
        public IReadOnlyList<IPAddress>? Answer { get; set; } = [Address];

        public int Asked { get; private set; }

        public ValueTask<IReadOnlyList<IPAddress>?> ResolveAsync(string fqdn, CancellationToken cancellationToken)
        {
            Asked++;
            return ValueTask.FromResult(Answer);
        }
    }
}
