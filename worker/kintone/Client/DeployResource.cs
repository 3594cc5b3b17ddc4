using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Client;

/// <summary>preview/app/deploy.json: takes the test environment live. Asynchronous in kintone; here it is waited for.</summary>
internal sealed class DeployResource
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private readonly KintoneConnection _connection;
    private readonly TimeProvider _time;

    internal DeployResource(KintoneConnection connection, TimeProvider time)
    {
        _connection = connection;
        _time = time;
    }

    /// <summary>Deploys what stands at <paramref name="revision"/> and waits until it is live.</summary>
    /// <exception cref="KintoneException">kintone refused, gave up (FAIL, CANCEL), or was not through after ten minutes.</exception>
    internal async Task DeployAsync(long app, long revision, CancellationToken cancellationToken)
    {
        var parameters = new JObject { ["apps"] = new JArray(new JObject { ["app"] = app, ["revision"] = revision }) };
        await _connection.SendAsync(new KintoneCall(CallMethod.Post, "preview/app/deploy.json", parameters, Repeatable: true), cancellationToken);
        if (await WaitAsync(app, cancellationToken) is var end and not "SUCCESS")
            throw new KintoneException($"The deployment of app {app} ended as {end}: nothing went live. Look at the app's settings in kintone.");
    }

    /// <summary>Waits until no deployment of the app is running; gives back how the last one ended.</summary>
    /// <exception cref="KintoneException">kintone refused, or was not through after ten minutes.</exception>
    internal async Task<string> WaitAsync(long app, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        for (var pause = FirstPause; _time.GetElapsedTime(started) < LongestWait; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await StatusAsync(app, cancellationToken) is var status and not "PROCESSING") return status;
            await Task.Delay(pause, _time, cancellationToken);
        }

        throw new KintoneException($"The deployment of app {app} is still running after {LongestWait.TotalMinutes} minutes.") { Transient = true };
    }

    private async Task<string> StatusAsync(long app, CancellationToken cancellationToken)
    {
        var answer = await _connection.SendAsync(KintoneCall.Read("preview/app/deploy.json", new JObject { ["apps"] = new JArray(app) }), cancellationToken);
        return answer.Required<JArray>("apps").OfType<JObject>().FirstOrDefault()?.Value<string>("status") ?? "";
    }
}
