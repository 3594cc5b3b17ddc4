namespace VulnDiag.Worker.Scans;

/// <summary>The lock beside a result: whoever holds it writes the result and its checkpoint. The operating system lets go of it when the holder ends, however it ends.</summary>
/// <remarks>The file stays behind: were it deleted, one who had just opened it and one who makes it anew could both hold it.</remarks>
internal static class ScanHold
{
    /// <summary>Takes the lock.</summary>
    /// <returns>What to dispose of to let go; null while a scan holds it.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no folder for the result.</exception>
    internal static FileStream? TryTake(string resultFile)
    {
        try
        {
            return new FileStream(resultFile + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException fault) when (fault is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(resultFile + ".lock"))
        {
            return null;
        }
    }
}
