using System.Net;
using System.Text;
using System.Threading.Channels;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Kintone.Webhooks;

/// <summary>Posts what webhooks tell, one after the other, to this machine alone; what comes too fast is dropped, what does not arrive is not repeated. Thread-safe.</summary>
/// <remarks>Source: kintone help, "Webhookを設定する".</remarks>
internal sealed class WebhookSender : IAsyncDisposable
{
    private const int MostInAMinute = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Channel<(Uri Url, string Body)> _waiting = Channel.CreateBounded<(Uri, string)>(new BoundedChannelOptions(MostInAMinute * 4) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false }) { Timeout = Patience };
    private readonly CancellationTokenSource _end = new();
    private readonly Queue<DateTimeOffset> _lately = new();
    private readonly Lock _lock = new();
    private readonly Task _posting;

    public WebhookSender(Uri tenant)
    {
        Tenant = tenant;
        _posting = Task.Run(PostAsync);
    }

    /// <summary>The tenant's address, for links to records.</summary>
    public Uri Tenant { get; }

    /// <summary>Whether webhooks may be posted there: plain HTTP to this machine.</summary>
    public static bool IsAllowed(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp
        && (address.Host == "localhost" || (IPAddress.TryParse(address.DnsSafeHost, out var ip) && IPAddress.IsLoopback(ip)));

    /// <summary>Queues one notification, unless the tenant has sent as many as it may in the last minute.</summary>
    public void Post(Uri url, JObject body, DateTimeOffset now)
    {
        lock (_lock)
        {
            while (_lately.TryPeek(out var oldest) && (now - oldest).Duration() >= TimeSpan.FromMinutes(1)) _lately.Dequeue();
            if (_lately.Count >= MostInAMinute) return;
            _lately.Enqueue(now);
        }

        _waiting.Writer.TryWrite((url, LabJson.Write(body)));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _posting;
        _http.Dispose();
        _end.Dispose();
    }

    private async Task PostAsync()
    {
        try
        {
            await foreach (var (url, body) in _waiting.Reader.ReadAllAsync(_end.Token)) await PostAsync(url, body);
        }
        catch (OperationCanceledException)
        {
            // The emulator ends.
        }
    }

    private async Task PostAsync(Uri url, string body)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await _http.PostAsync(url, content, _end.Token);
        }
        catch (Exception unreached) when (unreached is HttpRequestException or TaskCanceledException && !_end.IsCancellationRequested)
        {
            // Nobody listens: kintone does not repeat it either, which is why no product may rely on webhooks alone.
        }
    }
}
