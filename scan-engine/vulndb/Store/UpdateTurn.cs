namespace VulnDiag.VulnDb.Store;

/// <summary>One update of a database at a time: a lock on a file beside it, which goes with the process that holds it.</summary>
internal sealed class UpdateTurn : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);
    private readonly FileStream held;

    private UpdateTurn(FileStream held) => this.held = held;

    /// <summary>Waits until nobody else updates the database.</summary>
    /// <exception cref="OperationCanceledException">It was asked to stop while it waited.</exception>
    internal static UpdateTurn Take(string databaseFile, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return new UpdateTurn(new FileStream(databaseFile + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
            {
                cancellationToken.WaitHandle.WaitOne(Between);
            }
        }
    }

    public void Dispose() => held.Dispose();
}
