using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Checkpoint;
using VulnDiag.Engine.Results;
using VulnDiag.Model;

namespace VulnDiag.Engine;

/// <summary>The order of a scan: authorise, alive, ports, identify, probe, check, write.</summary>
/// <remarks>One scan of one address per call. The result is written whatever ends the scan, with the reason in its stops.</remarks>
public sealed class ScanRunner(TimeProvider time)
{
    private static readonly TimeSpan WatchEvery = TimeSpan.FromMilliseconds(500);
    private const int RoundsPerCount = 2;

    /// <summary>Runs a scan, or goes on with one from the checkpoint beside its result.</summary>
    /// <param name="request">What to scan, by which authorisation, and where the result goes.</param>
    /// <param name="progress">Is told how it goes.</param>
    /// <param name="cancellationToken">The host is stopping: the scan ends with a checkpoint.</param>
    /// <returns>The result as written. A refusal is a result too: nothing scanned, its reason in <see cref="ScanResult.Stops"/>.</returns>
    /// <exception cref="SigningKeyException">The public key cannot be read.</exception>
    /// <exception cref="IOException">Result, checkpoint or packet log cannot be written.</exception>
    public async Task<ScanResult> RunAsync(ScanRequest request, IScanProgress progress, CancellationToken cancellationToken)
    {
        using var verifier = new AuthorizationVerifier(request.PublicKeyPem);
        var (lease, refusal) = await LeaseFile.OpenAsync(request.AuthorizationFile, verifier, time, cancellationToken);
        if (lease is null) return await RefuseAsync(request, null, null, refusal!, progress);
        var (ports, fault) = ScanPorts.Read(request, lease.Current);
        if (ports is null) return await RefuseAsync(request, lease.Current, null, fault!, progress);
        var now = AuthorizationTerms.Refuse(lease.Current, new TargetGuard(request.AllowedLabRanges), time.GetUtcNow());
        if (now is not null && !File.Exists(ScanSession.CheckpointPath(request))) return await RefuseAsync(request, lease.Current, ports, new Refusal(now.Word, now.Words), progress);
        using var stop = new StopSignal();
        var (session, other) = await ScanSession.OpenAsync(request, lease, ports, stop, progress.Say, time, cancellationToken);
        if (session is null) return await RefuseAsync(request, lease.Current, ports, other!, progress);
        await using (session)
        {
            return await RunAsync(session, request, progress, cancellationToken);
        }
    }

    private async Task<ScanResult> RunAsync(ScanSession session, ScanRequest request, IScanProgress progress, CancellationToken cancellationToken)
    {
        if (session.Checkpoint.Dropped is { } dropped) progress.Say(dropped);
        if (session.Checkpoint.Resumed) progress.Say($"Going on from the checkpoint of the scan begun at {session.Checkpoint.State.Start.Started:O}.");
        await using var hostStopping = cancellationToken.Register(() => session.Stop.Raise(new Halt(HaltKind.HostStopping, "host-stopping", "The scanner was asked to end.")));
        using var over = new CancellationTokenSource();
        var listening = request.StopInput is { } input ? new StopChannel(session.Stop, request.Controlled).ListenAsync(input, over.Token) : Task.CompletedTask;
        var watching = WatchAsync(session, over.Token);
        try
        {
            await RunStagesAsync(session, new ProgressReporter(progress, session, time));
        }
        finally
        {
            await over.CancelAsync();
            await listening;
            await watching;
        }

        return await WriteAsync(session, request, progress);
    }

    private static async Task RunStagesAsync(ScanSession session, ProgressReporter progress)
    {
        var stages = new ScanStages(session, progress);
        try
        {
            progress.Enter(ScanStage.Authorize);
            await session.Gate.CheckAsync(session.Stop.Token);
            await stages.AliveAsync(session.Stop.Token);
            await stages.TcpAsync(session.Stop.Token);
            await stages.UdpAsync(session.Stop.Token);
            await stages.IdentifyAsync(session.Stop.Token);
            await stages.CheckAsync(session.Stop.Token);
        }
        catch (ScanHaltedException)
        {
            // The reason stands in the session's stop signal; the result names it.
        }
        catch (OperationCanceledException) when (session.Stop.Current is not null)
        {
            // Likewise: what was waiting was woken by the stop.
        }

        progress.Enter(ScanStage.Write);
    }

    /// <summary>Asks twice a second whether packets may still leave, also while none does, and compares the host's identity when it is time.</summary>
    private async Task WatchAsync(ScanSession session, CancellationToken over)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over, session.Stop.Token);
        try
        {
            for (var round = 1; ; round++)
            {
                await Task.Delay(WatchEvery, time, either.Token);
                session.Gate.FlushLog();
                await session.Gate.CheckAsync(either.Token);
                await session.Identity.CompareWhenDueAsync(either.Token);
                if (round % RoundsPerCount == 0) await session.NotePacketsAsync();
            }
        }
        catch (ScanHaltedException)
        {
            // The stop signal has woken the stages.
        }
        catch (OperationCanceledException)
        {
            // The scan is over.
        }
    }

    private static async Task<ScanResult> WriteAsync(ScanSession session, ScanRequest request, IScanProgress progress)
    {
        session.Gate.FlushLog();
        if (session.TcpScan.GaveUp) session.Stop.Raise(new Halt(HaltKind.HostStopping, "sending-failed", "The scanner's own machine failed to send again and again; what is left can be gone on with."));
        if (session.Stop.Current is { } halt)
        {
            progress.Say($"Stopped: {halt.Words}");
            await session.Checkpoint.AppendAsync([new CheckpointEntry { Stop = new ScanStop(session.Gate.Now, halt.ToString()) }], CancellationToken.None);
        }

        await session.NotePacketsAsync();
        await session.Checks.JudgeAsync([.. session.Checkpoint.State.OpenPorts().OrderBy(static port => port.Protocol).ThenBy(static port => port.Port)], CancellationToken.None);
        var result = ResultBuilder.Build(session, request.FindingSources);
        await WriteAsync(request, result);
        if (result.Complete) File.Delete(ScanSession.CheckpointPath(request));
        return result;
    }

    private async Task<ScanResult> RefuseAsync(ScanRequest request, ScanAuthorization? authorization, ScanPorts? ports, Refusal refusal, IScanProgress progress)
    {
        progress.Say($"Refused: {refusal.Words}");
        var result = ResultBuilder.Refused(authorization, ports, refusal, time.GetUtcNow());
        // A refusal never takes the place of what an earlier scan found.
        if (!File.Exists(request.OutFile)) await WriteAsync(request, result);
        return result;
    }

    private static async Task WriteAsync(ScanRequest request, ScanResult result)
    {
        await ResultFile.WriteAsync(request.OutFile, result, CancellationToken.None);
        if (request.NmapXmlFile is { } xml) await ResultFile.WriteTextAsync(xml, NmapXml.Write(result), CancellationToken.None);
    }
}
