using CsCheck;
using VulnDiag.Engine.Checks;
using VulnDiag.Engine.Probes;
using VulnDiag.Model;

namespace VulnDiag.Engine.Support;

/// <summary>Runs one active check against replayed servers.</summary>
internal static class CheckRun
{
    public static async Task<CheckOutcome> RunAsync(IActiveCheck check, ReplayTransport transport, PortResult? port = null)
    {
        port ??= Facts.Port("x");
        var info = new ProbeInfo(check.Id, port.Protocol, [port.Port], check.Cost.MaxRequests);
        try
        {
            return await check.RunAsync(Facts.Of(port), ProbeRun.Context(info, transport), CancellationToken.None);
        }
        catch (LinkException error)
        {
            return CheckOutcome.CannotTell(error.Message);
        }
    }

    /// <summary>Any bytes from the server end in a verdict, and never in a positive one by chance.</summary>
    public static Task SurvivesAnyBytesAsync(IActiveCheck check, Transport protocol) => Gen.Byte.Array[0, 200].SampleAsync(
        async bytes =>
        {
            var transport = new ReplayTransport();
            for (var i = 0; i < 5; i++) _ = protocol == Transport.Tcp ? transport.Then(() => new ReplayStream().Says(bytes)) : transport.Answers(bytes);
            (await RunAsync(check, transport)).Verdict.ShouldNotBe(CheckVerdict.Positive);
        },
        iter: 50,
        threads: 1);
}
