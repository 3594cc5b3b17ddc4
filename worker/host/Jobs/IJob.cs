namespace VulnDiag.Worker.Jobs;

/// <summary>One thing that the worker does again and again. Idempotent: ringing it twice does no harm.</summary>
internal interface IJob
{
    Task RunAsync(CancellationToken cancellationToken);
}
