namespace VulnDiag.Mail.Servers;

/// <summary>Ends what a server lets hang. MailKit's own timeout does not hold for asynchronous reading, and not every call heeds its token.</summary>
/// <remarks>In real time, whatever clock the worker decides by: a network does not jump.</remarks>
internal static class Patience
{
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="TimeoutException">It took longer than <paramref name="limit"/>.</exception>
    internal static async Task<T> LimitAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await act(both.Token).WaitAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No answer within {limit.TotalSeconds:0} seconds.");
        }
    }
}
