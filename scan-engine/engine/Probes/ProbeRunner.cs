using VulnDiag.Engine.Authorization;

namespace VulnDiag.Engine.Probes;

/// <summary>Runs one probe on one port: the edge where whatever goes wrong there becomes an outcome.</summary>
internal static class ProbeRunner
{
    /// <summary>Runs <paramref name="probe"/>.</summary>
    /// <exception cref="ScanHaltedException">Nothing more may be sent.</exception>
    /// <exception cref="OperationCanceledException">The scan is being stopped.</exception>
    public static async ValueTask<ProbeOutcome> RunAsync(IServiceProbe probe, ProbeContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await probe.RunAsync(context, cancellationToken);
        }
        catch (LinkException error) when (context.TookNoConnection)
        {
            return ProbeOutcome.Unreachable(error.Message);
        }
        catch (LinkException error) when (error.Failure == LinkFailure.TimedOut)
        {
            return ProbeOutcome.Silent();
        }
        catch (LinkException error)
        {
            return ProbeOutcome.Refused(error.Message);
        }
        catch (Exception error) when (error is not ScanHaltedException && !cancellationToken.IsCancellationRequested)
        {
            return ProbeOutcome.Broken($"{error.GetType().Name}: {error.Message}");
        }
    }
}
