using Coravel;
using Microsoft.Extensions.DependencyInjection;

namespace VulnDiag.Worker;

/// <summary>Lets Coravel ring the jobs once a second. It only rings: whether a job is due is asked of the worker's own clock.</summary>
internal static class CoravelTicker
{
    internal static void Add(IServiceCollection services) => services.AddScheduler();

    internal static void Start(IServiceProvider services, Schedule schedule, JobRunner runner, CancellationToken stopping) =>
        services.UseScheduler(scheduler =>
        {
            foreach (var entry in schedule.Entries)
            {
                scheduler.OnWorker(entry.Name);
                scheduler.ScheduleAsync(() => RingAsync(runner, entry, stopping)).EverySecond().PreventOverlapping(entry.Name);
            }
        });

    private static async Task RingAsync(JobRunner runner, ScheduleEntry entry, CancellationToken stopping)
    {
        try
        {
            await runner.RingAsync(entry, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The worker is stopping; nobody waits for this bell any more.
        }
    }
}
