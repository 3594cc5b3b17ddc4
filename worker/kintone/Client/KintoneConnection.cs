using System.Runtime.ExceptionServices;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Polly;
using RestSharp;
using VulnDiag.Model;

namespace VulnDiag.Kintone.Client;

/// <summary>Sends calls to one kintone: signs in, repeats what may be repeated, and turns refusals into <see cref="KintoneException"/>. Thread-safe.</summary>
internal sealed class KintoneConnection : IDisposable
{
    // Above this length of the address the official client switches to POST with X-HTTP-Method-Override. Source: RULES.md "Transport and authentication".
    private const int LongestAddress = 4096;

    private readonly RestClient _client;
    private readonly RestClient _files;
    private readonly KintoneOptions _options;
    private readonly ResiliencePipeline _repeatable;
    private readonly ResiliencePipeline _once;
    private readonly string _prefix;
    private long _requests;

    internal KintoneConnection(KintoneOptions options, TimeProvider time, Func<HttpMessageHandler, HttpMessageHandler>? handler = null)
    {
        _options = options;
        _prefix = options.GuestSpaceId is { } space ? $"k/guest/{space}/v1/" : "k/v1/";
        _client = new RestClient(ClientOptions(options, handler), ConfigureHeaders);
        var fileOptions = ClientOptions(options, handler);
        fileOptions.ThrowOnAnyError = true;
        _files = new RestClient(fileOptions, ConfigureHeaders);
        _repeatable = RetryPolicy.Build(options, time, static failure => failure.Transient);
        _once = RetryPolicy.Build(options, time, static failure => failure is { Transient: true, NotDone: true });
    }

    /// <summary>Requests sent so far, repetitions included.</summary>
    internal long Requests => Interlocked.Read(ref _requests);

    /// <summary>The path of a resource, as bulkRequest names it.</summary>
    internal string PathOf(string resource) => $"/{_prefix}{resource}";

    public void Dispose()
    {
        _client.Dispose();
        _files.Dispose();
    }

    /// <summary>Sends a call and gives back the answer's JSON object.</summary>
    /// <exception cref="KintoneException">kintone refused it or did not answer.</exception>
    internal async Task<JObject> SendAsync(KintoneCall call, CancellationToken cancellationToken) =>
        await (call.Repeatable ? _repeatable : _once).ExecuteAsync(
            async token => await SendOnceAsync(call.What, RequestOf(call), token), cancellationToken);

    /// <summary>Uploads a file; kintone drops it after three days unless it is attached, so that a repetition does no harm.</summary>
    internal async Task<JObject> UploadAsync(string name, Func<Stream> open, CancellationToken cancellationToken) =>
        await _repeatable.ExecuteAsync(
            async token => await SendOnceAsync("POST file.json", UploadRequest(name, open), token), cancellationToken);

    /// <summary>Downloads a file into <paramref name="target"/>; repeated only while nothing was written.</summary>
    internal async Task DownloadAsync(string fileKey, Stream target, CancellationToken cancellationToken)
    {
        await using var source = await _repeatable.ExecuteAsync(
            async token => await OpenOnceAsync(fileKey, token), cancellationToken);
        try
        {
            await source.CopyToAsync(target, cancellationToken);
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
            throw KintoneFailures.NoAnswer("GET file.json", cut, timedOut: false);
        }
    }

    private static RestClientOptions ClientOptions(KintoneOptions options, Func<HttpMessageHandler, HttpMessageHandler>? handler) => new(options.Address())
    {
        Timeout = options.Timeout,
        FollowRedirects = false,
        ConfigureMessageHandler = handler,
        UserAgent = "VulnDiag",
        Encoding = Json.Utf8,
    };

    private void ConfigureHeaders(System.Net.Http.Headers.HttpRequestHeaders headers)
    {
        headers.AcceptLanguage.ParseAdd("ja");
        if (_options.Login.Length > 0)
            headers.Add("X-Cybozu-Authorization", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_options.Login}:{_options.Password}")));
        else
            headers.Add("X-Cybozu-API-Token", string.Join(',', _options.Tokens));
    }

    private async Task<JObject> SendOnceAsync(string what, RestRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        var response = await _client.ExecuteAsync(request, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (response.StatusCode == 0 && response.ErrorException is { } mistake && !IsOfTheLine(mistake)) ExceptionDispatchInfo.Throw(mistake);
        if (response.StatusCode == 0)
            throw KintoneFailures.NoAnswer(what, response.ErrorException, response.ResponseStatus == ResponseStatus.TimedOut);
        if (!response.IsSuccessStatusCode) throw KintoneFailures.Refused(what, response.StatusCode, response.Content ?? "");
        if (response.ResponseStatus != ResponseStatus.Completed) throw KintoneFailures.NoAnswer(what, response.ErrorException, timedOut: false);
        try
        {
            return Json.ReadObject(response.Content ?? "");
        }
        catch (JsonException)
        {
            throw KintoneFailures.NotJson(what, response.StatusCode, response.Content ?? "");
        }
    }

    // RestSharp keeps every exception; only those of the line are kintone's or the network's, the rest are mistakes of ours.
    private static bool IsOfTheLine(Exception failure) => failure is HttpRequestException or IOException or TimeoutException or OperationCanceledException;

    private async Task<Stream> OpenOnceAsync(string fileKey, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        var refusal = new RefusalReader();
        var request = new RestRequest(_prefix + "file.json") { Timeout = _options.FileTimeout, Interceptors = [refusal] };
        request.AddQueryParameter("fileKey", Uri.EscapeDataString(fileKey), encode: false);
        try
        {
            return await _files.DownloadStreamAsync(request, cancellationToken)
                ?? throw KintoneFailures.NoAnswer("GET file.json", null, timedOut: false);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or TimeoutException or TaskCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw refusal.Status is { } status
                ? KintoneFailures.Refused("GET file.json", status, refusal.Content)
                : KintoneFailures.NoAnswer("GET file.json", failure, timedOut: failure is TimeoutException or TaskCanceledException);
        }
    }

    private RestRequest RequestOf(KintoneCall call)
    {
        if (call.Method != CallMethod.Get)
            return new RestRequest(_prefix + call.Resource, MethodOf(call.Method)).AddStringBody(Json.Write(call.Parameters), ContentType.Json);
        var query = QueryParameters.Of(call.Parameters);
        if (query.Sum(static pair => pair.Name.Length + pair.Value.Length + 2) > LongestAddress)
        {
            return new RestRequest(_prefix + call.Resource, Method.Post)
                .AddHeader("X-HTTP-Method-Override", "GET")
                .AddStringBody(Json.Write(call.Parameters), ContentType.Json);
        }

        var request = new RestRequest(_prefix + call.Resource);
        foreach (var (name, value) in query) request.AddQueryParameter(name, value, encode: false);
        return request;
    }

    private RestRequest UploadRequest(string name, Func<Stream> open)
    {
        var request = new RestRequest(_prefix + "file.json", Method.Post)
        {
            Timeout = _options.FileTimeout,
            AlwaysMultipartFormData = true,
            Interceptors = [new RawFileName()],
        };
        return request.AddFile("file", open, name, ContentType.Binary, new FileParameterOptions { DisableFilenameEncoding = true, DisableFilenameStar = true });
    }

    private static Method MethodOf(CallMethod method) => method switch
    {
        CallMethod.Get => Method.Get,
        CallMethod.Post => Method.Post,
        CallMethod.Put => Method.Put,
        CallMethod.Delete => Method.Delete,
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };
}
