using Microsoft.AspNetCore.Http;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Faults;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Http;

/// <summary>Takes a request from the wire through authentication, the tenant's lock and a resource, and writes the answer.</summary>
internal sealed class Dispatcher(TenantParts parts, KintoneClock clock, FaultSwitch faults)
{
    private const int MaxConcurrent = 100;
    private const string FilePath = "file.json";

    private readonly Authenticator _authenticator = new(parts.Tenant);
    private int _running;

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var running = Interlocked.Increment(ref _running);
        try
        {
            context.Response.Headers["X-ConcurrencyLimit-Limit"] = Wire.Number(MaxConcurrent).ToString();
            context.Response.Headers["X-ConcurrencyLimit-Running"] = Wire.Number(running).ToString();
            var fault = faults.Take(context.Request.Method, context.Request.Path);
            if (fault is not null && await FaultPlayer.PlayedAsync(fault, context)) return;
            await AnswerAsync(context, running);
            if (fault is { Kind: FaultKind.CutAfter }) context.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private async Task AnswerAsync(HttpContext context, int running)
    {
        try
        {
            if (running > MaxConcurrent) throw Refusals.TooManyRequests();
            if (context.Request.Path == LabPages.Requests)
            {
                var caller = await parts.Tenant.RunAsync(_ => _authenticator.Identify(context.Request.Headers), context.RequestAborted);
                await WriteAsync(context, 200, LabPages.ShowRequests(caller, parts.Requests));
                return;
            }

            if (!KintonePath.TryRead(context.Request.Path, out var path)) throw new Refusal(404, "CB_NF01", MessageId.PathNotFound);
            if (path.Resource == FilePath) await new FileEndpoint(parts, _authenticator).HandleAsync(context, clock.Now);
            else await WriteAsync(context, 200, await RunAsync(context, path));
        }
        catch (Refusal refusal) when (!context.Response.HasStarted)
        {
            var language = Messages.Language(context.Request.Headers.AcceptLanguage);
            await WriteAsync(context, refusal.Status, Messages.Answer(refusal, language));
        }
    }

    private async Task<JObject> RunAsync(HttpContext context, KintonePath path)
    {
        var method = RequestReader.Method(context.Request);
        var operation = parts.Resources.Find(method, path.Resource);
        var parameters = await RequestReader.ParametersAsync(context.Request, context.RequestAborted);
        return await parts.Tenant.RunAsync(
            transaction =>
            {
                parts.Deployments.FinishDue(parts.Tenant, transaction);
                var caller = _authenticator.Identify(context.Request.Headers);
                parts.Requests.Count(AppsOf(parameters), caller.Code, method, path.Resource, clock.Now);
                return operation.Run(new Call(parts, transaction, caller, clock.Now, path.GuestSpace, parameters));
            },
            context.RequestAborted);
    }

    /// <summary>The apps a request is about, for counting; a bulk request counts for each app that it names.</summary>
    private static IEnumerable<long> AppsOf(Parameters parameters)
    {
        var inBulk = (parameters.Values["requests"] as JArray ?? []).OfType<JObject>().Select(request => (request["payload"] as JObject)?["app"]);
        return inBulk.Append(parameters.Values["app"]).Select(Forms.Scalar.Whole).OfType<long>().Distinct();
    }

    private static async Task WriteAsync(HttpContext context, int status, JToken body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json;charset=UTF-8";
        await context.Response.WriteAsync(LabJson.Write(body), context.RequestAborted);
    }
}
