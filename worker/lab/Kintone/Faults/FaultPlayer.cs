using Microsoft.AspNetCore.Http;
using VulnDiag.Lab.Kintone.Errors;

namespace VulnDiag.Lab.Kintone.Faults;

/// <summary>Plays a fault on a request.</summary>
internal static class FaultPlayer
{
    /// <summary>Plays what comes before the request is carried out.</summary>
    /// <returns>True when the request has been dealt with and nothing is left to do.</returns>
    /// <exception cref="Refusal">The fault is an error answer in kintone's form.</exception>
    public static async Task<bool> PlayedAsync(Fault fault, HttpContext context)
    {
        switch (fault.Kind)
        {
            case FaultKind.Maintenance:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                await WriteAsync(context, "text/plain;charset=UTF-8", Messages.Text(MessageId.Maintenance, "ja", []));
                return true;
            case FaultKind.HtmlPage:
                await WriteAsync(context, "text/html;charset=UTF-8", "<!DOCTYPE html><html><head><title>-</title></head><body></body></html>");
                return true;
            case FaultKind.TooManyRequests:
                await RefuseAsync(context, Refusals.TooManyRequests());
                return true;
            case FaultKind.DatabaseLocked:
                await RefuseAsync(context, Refusals.DatabaseLocked());
                return true;
            case FaultKind.CutBefore:
                context.Abort();
                return true;
            case FaultKind.Latency:
                // A late answer is late in real time, whatever clock the tenant shows.
                await Task.Delay(fault.Delay, TimeProvider.System, context.RequestAborted);
                return false;
            case FaultKind.CutAfter:
                context.Response.Body = Stream.Null;
                return false;
            default:
                throw new NotSupportedException(fault.Kind.ToString());
        }
    }

    private static async Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        context.Response.StatusCode = refusal.Status;
        var language = Messages.Language(context.Request.Headers.AcceptLanguage);
        await WriteAsync(context, "application/json;charset=UTF-8", LabJson.Write(Messages.Answer(refusal, language)));
    }

    private static async Task WriteAsync(HttpContext context, string contentType, string body)
    {
        context.Response.ContentType = contentType;
        await context.Response.WriteAsync(body, context.RequestAborted);
    }
}
