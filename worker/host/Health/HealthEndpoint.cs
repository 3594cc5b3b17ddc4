using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using VulnDiag.Model;
using VulnDiag.Worker.Options;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Health;

/// <summary>Health and metrics on loopback: <c>/health/live</c>, <c>/health/ready</c>, <c>/metrics</c> (Prometheus text). Off while the port is 0.</summary>
internal sealed class HealthEndpoint(HealthOptions options, WorkerHealth health, Outbox outbox) : IHostedService, IAsyncDisposable
{
    private WebApplication? _site;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Port == 0) return;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        _site = builder.Build();
        _site.Run(AnswerAsync);
        await _site.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _site?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _site?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task AnswerAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/health/live" => WriteAsync(context, StatusCodes.Status200OK, "application/json", Json.Write(new { live = true })),
        "/health/ready" => ReadyAsync(context),
        "/metrics" => MetricsAsync(context),
        _ => WriteAsync(context, StatusCodes.Status404NotFound, "text/plain", "Here are /health/live, /health/ready and /metrics.\n"),
    };

    private Task ReadyAsync(HttpContext context)
    {
        var failing = health.Jobs.Where(static job => job.Value.LastFailure is not null).ToDictionary(static job => job.Key, static job => job.Value.LastFailure);
        var ready = health.Jobs.Count > 0 && failing.Count == 0;
        return WriteAsync(context, ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, "application/json", Json.Write(new { ready, failing }));
    }

    private async Task MetricsAsync(HttpContext context)
    {
        var text = new StringBuilder();
        text.Append("# TYPE vulndiag_job_runs_total counter\n");
        foreach (var (name, job) in health.Jobs) text.Append(CultureInfo.InvariantCulture, $"vulndiag_job_runs_total{{job=\"{name}\"}} {job.Runs}\n");
        text.Append("# TYPE vulndiag_job_failures_total counter\n");
        foreach (var (name, job) in health.Jobs) text.Append(CultureInfo.InvariantCulture, $"vulndiag_job_failures_total{{job=\"{name}\"}} {job.Failures}\n");
        text.Append("# TYPE vulndiag_effects gauge\n");
        foreach (var (status, number) in await outbox.CountAsync(context.RequestAborted)) text.Append(CultureInfo.InvariantCulture, $"vulndiag_effects{{status=\"{status}\"}} {number}\n");
        await WriteAsync(context, StatusCodes.Status200OK, "text/plain; version=0.0.4", text.ToString());
    }

    private static Task WriteAsync(HttpContext context, int status, string type, string text)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, type);
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
