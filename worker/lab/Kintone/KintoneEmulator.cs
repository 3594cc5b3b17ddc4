using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Faults;
using VulnDiag.Lab.Kintone.Files;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.Records;
using VulnDiag.Lab.Kintone.State;
using VulnDiag.Lab.Kintone.Webhooks;
using VulnDiag.Lab.Portal;

namespace VulnDiag.Lab.Kintone;

/// <summary>A kintone tenant on loopback: the REST API and the portal's pages over plain HTTP, on <c>localhost</c> by IPv4 and IPv6.</summary>
/// <remarks>Plain HTTP, because Cybozu's own clients accept it for the host name <c>localhost</c>. Behaviour and its sources: docs/kintone-behaviour.md.</remarks>
public sealed class KintoneEmulator : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly TenantParts _parts;
    private readonly string? _temporaryFolder;

    private KintoneEmulator(WebApplication web, TenantParts parts, FaultSwitch faults, string? temporaryFolder)
    {
        _web = web;
        _parts = parts;
        _temporaryFolder = temporaryFolder;
        Faults = faults;
        Requests = parts.Requests;
        Admin = new EmulatorAdmin(parts.Tenant);
        Uri = parts.Webhooks.Tenant;
    }

    /// <summary>Where it answers, such as <c>http://localhost:40123/</c>.</summary>
    public Uri Uri { get; }

    /// <summary>Users, groups and tokens.</summary>
    public EmulatorAdmin Admin { get; }

    /// <summary>Faults on purpose.</summary>
    public FaultSwitch Faults { get; }

    /// <summary>Requests counted per app and day.</summary>
    public RequestCounter Requests { get; }

    /// <summary>Starts an emulator; it answers when this returns.</summary>
    /// <exception cref="IOException">The port is taken, or the data folder cannot be used.</exception>
    public static async Task<KintoneEmulator> StartAsync(KintoneEmulatorOptions options, CancellationToken cancellationToken)
    {
        var temporary = options.DataFolder is null ? Directory.CreateTempSubdirectory("kintone-").FullName : null;
        var folder = options.DataFolder ?? temporary!;
        var blobs = Path.Combine(folder, "files");
        Directory.CreateDirectory(blobs);
        var tenant = new Tenant(temporary is null ? new SqliteStore(DatabaseOf(folder)) : new NoStore());
        var requests = new RequestCounter();
        var port = options.Port == 0 ? LoopbackPort.Free() : options.Port;
        var webhooks = new WebhookSender(UriOf(port));
        var parts = new TenantParts(tenant, new BlobFolder(blobs), new CursorShelf(), new Deployments(options.DeploymentDuration), new ResourceCatalogue(), requests, webhooks);
        var faults = new FaultSwitch();
        var clock = new KintoneClock(options.Time, options.TimePrecision);
        var dispatcher = new Dispatcher(parts, clock, faults);
        var web = Build(dispatcher, new PortalSite(parts, clock, options.Portal, port), port);
        var emulator = new KintoneEmulator(web, parts, faults, temporary);
        try
        {
            await emulator.Admin.AddGroupAsync(GroupDocument.Everyone, "Everyone", cancellationToken);
            foreach (var user in options.Users) await emulator.Admin.AddUserAsync(user, cancellationToken);
            await web.StartAsync(cancellationToken);
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    /// <summary>The database file in a data folder.</summary>
    internal static string DatabaseOf(string dataFolder) => Path.Combine(dataFolder, "kintone.db");

    /// <summary>Stops answering and closes the data folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        await _parts.Webhooks.DisposeAsync();
        _parts.Tenant.Dispose();
        if (_temporaryFolder is not null) Directory.Delete(_temporaryFolder, recursive: true);
    }

    private static Uri UriOf(int port) => new($"http://localhost:{port}/");

    private static WebApplication Build(Dispatcher dispatcher, PortalSite portal, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, port);
            if (System.Net.Sockets.Socket.OSSupportsIPv6) kestrel.Listen(IPAddress.IPv6Loopback, port);
        });
        var web = builder.Build();
        portal.MapTo(web);
        web.Map("/{**path}", (RequestDelegate)dispatcher.HandleAsync);
        return web;
    }
}
