namespace VulnDiag.Worker.Cli;

/// <summary>Where a verb is asked to write, looked at before any work is done for it.</summary>
internal static class OutPath
{
    /// <summary>The absolute path of a file that can be written.</summary>
    /// <param name="option">The option that names it, as typed.</param>
    /// <param name="path">What was typed.</param>
    /// <exception cref="VerbFailure">It is a folder, or its folder is not there or cannot be written to.</exception>
    internal static string OfFile(string option, string path)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full);
        if (folder is null || Directory.Exists(full)) throw new VerbFailure($"{option}: {full} is a folder, not a file.");
        if (!Directory.Exists(folder)) throw new VerbFailure($"{option}: there is no folder {folder} to write {Path.GetFileName(full)} to.");
        Probe(option, folder);
        return full;
    }

    /// <summary>The absolute path of a folder that can be written to; made where it is not there.</summary>
    /// <inheritdoc cref="OfFile"/>
    internal static string OfFolder(string option, string path)
    {
        var full = Path.GetFullPath(path);
        if (File.Exists(full)) throw new VerbFailure($"{option}: {full} is a file, not a folder.");
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailure($"{option}: the folder {full} cannot be made.");
        }

        Probe(option, full);
        return full;
    }

    private static void Probe(string option, string folder)
    {
        try
        {
            new FileStream(Path.Combine(folder, $".{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailure($"{option}: the folder {folder} cannot be written to.");
        }
    }
}
