using Microsoft.Extensions.DependencyInjection;

namespace VulnDiag.Worker.Composition;

/// <summary>Settings, each section as its record, and the clock.</summary>
internal static class SettingsParts
{
    internal static void Add(IServiceCollection services, WorkerParts parts)
    {
        var settings = parts.Settings;
        services.AddSingleton(parts.Time);
        services.AddSingleton(parts.Kill);
        services.AddSingleton(settings);
        services.AddSingleton(settings.Operator);
        services.AddSingleton(settings.Mail);
        services.AddSingleton(settings.Scan);
        services.AddSingleton(settings.Schedule);
        services.AddSingleton(settings.Health);
        services.AddSingleton(WorkerPaths.Of(settings, parts.Home));
        services.AddSingleton(ContextBuilder.SettingsOf(settings));
    }
}
