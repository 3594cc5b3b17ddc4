using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VulnDiag.Worker.Cli;
using VulnDiag.Worker.Health;

namespace VulnDiag.Worker.Composition;

/// <summary>The generic host around a worker: the ticker rings the schedule until the process is told to stop.</summary>
internal static class WorkerHost
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(20);

    internal static async Task<int> RunAsync(WorkerParts parts, CancellationToken cancellationToken)
    {
        await using var worker = await WorkerComposition.BuildAsync(parts, cancellationToken);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(parts.Logs);
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = StopPatience);
        CoravelTicker.Add(builder.Services);
        builder.Services.AddHostedService(_ => worker.Get<HealthEndpoint>());
        builder.Services.AddHostedService(services => new Ringing(worker, services, parts.Logs.CreateLogger<Ringing>()));
        using var host = builder.Build();
        await host.RunAsync(cancellationToken);
        return ExitCode.Done;
    }

    /// <summary>Starts the ticker with the host, and lets the worker stop in order before the host does.</summary>
    private sealed class Ringing(WorkerComposition worker, IServiceProvider services, ILogger<Ringing> log) : IHostedService, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public Task StartAsync(CancellationToken cancellationToken)
        {
            CoravelTicker.Start(services, worker.Get<Schedule>(), worker.Get<JobRunner>(), _stopping.Token);
            log.LogInformation("The worker is running");
            return Task.CompletedTask;
        }

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            await _stopping.CancelAsync();
            await worker.StopAsync(cancellationToken);
            log.LogInformation("The worker has stopped");
        }

        public void Dispose() => _stopping.Dispose();
    }
}
