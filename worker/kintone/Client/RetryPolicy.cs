using Polly;
using Polly.Retry;

namespace VulnDiag.Kintone.Client;

/// <summary>Repeats a call after a passing failure, waiting twice as long each time.</summary>
internal static class RetryPolicy
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    internal static ResiliencePipeline Build(KintoneOptions options, TimeProvider time, Func<KintoneException, bool> mayRepeat)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (options.Retries == 0) return builder.Build();
        return builder.AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is KintoneException failure && mayRepeat(failure)),
            MaxRetryAttempts = options.Retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = false,
            Delay = options.RetryDelay,
            MaxDelay = LongestWait,
        }).Build();
    }
}
