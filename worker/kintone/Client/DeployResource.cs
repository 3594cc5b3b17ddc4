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
        var apps = new JArray(new JObject { ["app"] = app, ["revision"] = revision });
        await _connection.SendAsync(new KintoneCall(CallMethod.Post, "preview/app/deploy.json", new JObject { ["apps"] = apps }, Repeatable: true), cancellationToken);
        await WaitAsync(app, cancellationToken);
    }

    /// <summary>Waits until no deployment of the app is running.</summary>
    internal async Task WaitAsync(long app, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var pause = FirstPause;
        while (true)
        {
            var answer = await _connection.SendAsync(KintoneCall.Read("preview/app/deploy.json", new JObject { ["apps"] = new JArray(app) }), cancellationToken);
            var status = answer.Required<JArray>("apps").OfType<JObject>().FirstOrDefault()?.Value<string>("status");
            if (status == "SUCCESS") return;
            if (status != "PROCESSING") throw new KintoneException($"The deployment of app {app} ended as {status}: nothing went live. Look at the app's settings in kintone.");
            if (_time.GetElapsedTime(started) > LongestWait) throw new KintoneException($"The deployment of app {app} is still running after {LongestWait.TotalMinutes} minutes.") { Transient = true };
            await Task.Delay(pause, _time, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}
