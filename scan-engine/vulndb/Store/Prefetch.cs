using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace VulnDiag.VulnDb.Store;

/// <summary>Runs a sequence on a thread of its own, a little ahead of who reads it: parsing and writing share two cores.</summary>
internal static class Prefetch
{
    private const int Ahead = 2_048;

    /// <summary>The same items in the same order; an exception of the source is thrown where it would have been.</summary>
    internal static IEnumerable<T> Of<T>(IEnumerable<T> source, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var items = new BlockingCollection<T>(Ahead);
        ExceptionDispatchInfo? failure = null;
        var reading = Task.Run(() => Fill(source, items, stop.Token), CancellationToken.None).ContinueWith(
            task => failure = task.Exception is { InnerException: { } inner } ? ExceptionDispatchInfo.Capture(inner) : null,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        try
        {
            foreach (var item in items.GetConsumingEnumerable(cancellationToken)) yield return item;
        }
        finally
        {
            // Who stops early stops the source too; the file must not be read on behind its back.
            stop.Cancel();
            Task.WaitAll([reading], CancellationToken.None);
        }

        failure?.Throw();
    }

    private static void Fill<T>(IEnumerable<T> source, BlockingCollection<T> items, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var item in source) items.Add(item, cancellationToken);
        }
        finally
        {
            items.CompleteAdding();
        }
    }
}
