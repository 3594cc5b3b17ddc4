using Microsoft.Extensions.DependencyInjection;
using VulnDiag.Worker.Effects;
using VulnDiag.Worker.Health;
using VulnDiag.Worker.Jobs;

namespace VulnDiag.Worker.Composition;

/// <summary>What the worker does. Jobs and kinds of effects are found by reflection.</summary>
internal static class JobParts
{
    internal static void Add(IServiceCollection services)
    {
        services.AddSingleton<ContextBuilder>();
        services.AddSingleton<EngagementRunner>();
        foreach (var type in typeof(JobParts).Assembly.GetTypes().Where(static type => type is { IsAbstract: false, IsInterface: false }))
        {
            if (type.IsAssignableTo(typeof(IJob))) services.AddSingleton(type);
            if (type.IsAssignableTo(typeof(IEffectHandler))) services.AddSingleton(typeof(IEffectHandler), type);
        }

        services.AddSingleton<WorkerHealth>();
        services.AddSingleton<Schedule>();
        services.AddSingleton<EngagementRounds>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<Round>();
        services.AddSingleton<HealthEndpoint>();
    }
}
