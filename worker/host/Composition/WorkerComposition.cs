using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace VulnDiag.Worker.Composition;

/// <summary>A worker put together: its jobs and everything they need. The <c>run</c> verb rings it by schedule; the demo and tests drive its rounds.</summary>
internal sealed class WorkerComposition : IAsyncDisposable
{
    private readonly OpenedParts _opened;
    private readonly ServiceProvider _services;

    private WorkerComposition(OpenedParts opened, ServiceProvider services) => (_opened, _services) = (opened, services);

    /// <summary>Its parts by type.</summary>
    internal IServiceProvider Services => _services;

    /// <summary>Every job once, whenever it is called.</summary>
    internal Round Round => Get<Round>();

    /// <summary>Opens the store, kintone and the keys, and puts the worker together.</summary>
    /// <exception cref="Options.SettingsException">Something is missing in the settings.</exception>
    /// <exception cref="Kintone.Client.KintoneException">kintone refused or did not answer.</exception>
    /// <exception cref="InvalidOperationException">The apps are not in this kintone.</exception>
    internal static async Task<WorkerComposition> BuildAsync(WorkerParts parts, CancellationToken cancellationToken)
    {
        Options.SettingsLoader.Require(parts.Settings, nameof(Options.Settings.Kintone), nameof(Options.Settings.Mail), nameof(Options.Settings.Operator));
        var opened = await OpenedParts.OpenAsync(parts, cancellationToken);
        var services = new ServiceCollection();
        services.AddSingleton(parts.Logs);
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        SettingsParts.Add(services, parts);
        StoreParts.Add(services, opened);
        KintoneParts.Add(services, parts, opened);
        MailParts.Add(services, parts);
        ScanParts.Add(services, parts, opened);
        ReportParts.Add(services, parts);
        JobParts.Add(services);
        return new WorkerComposition(opened, services.BuildServiceProvider(validateScopes: true));
    }

    internal T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Lets running scans make their checkpoints, gives up the lead, and closes everything.</summary>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        await Get<Scans.ScanSupervisor>().CheckpointAllAsync(cancellationToken);
        await Get<Leader>().ReleaseAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _opened.DisposeAsync();
    }
}
