using System.Net;
using System.Text;
using RestSharp.Interceptors;

namespace VulnDiag.Kintone.Client;

/// <summary>Keeps what kintone said when it refuses a download, because the stream is then never handed out.</summary>
internal sealed class RefusalReader : Interceptor
{
    /// <summary>Status of the refusal, or null while there is none.</summary>
    public HttpStatusCode? Status { get; private set; }

    /// <summary>Its body.</summary>
    public string Content { get; private set; } = "";

    public override async ValueTask AfterHttpRequest(HttpResponseMessage responseMessage, CancellationToken cancellationToken)
    {
        if (responseMessage.IsSuccessStatusCode) return;
        Status = responseMessage.StatusCode;
        Content = await responseMessage.Content.ReadAsStringAsync(cancellationToken);
    }
}

/// <summary>Sends file names as raw UTF-8, the way kintone reads them (RFC 5987 names are not read).</summary>
/// <remarks>Source: RULES.md "Transport and authentication", upload.</remarks>
internal sealed class RawFileName : Interceptor
{
    public override ValueTask BeforeHttpRequest(HttpRequestMessage requestMessage, CancellationToken cancellationToken)
    {
        if (requestMessage.Content is MultipartContent parts) parts.HeaderEncodingSelector = static (_, _) => Encoding.UTF8;
        return ValueTask.CompletedTask;
    }
}
