using System.Diagnostics;
using System.Runtime.InteropServices;

namespace VulnDiag.Worker.Tests.Support;

/// <summary>A disk of a few megabytes in memory that can be filled to the last byte. Only root may mount one; elsewhere the test skips.</summary>
internal sealed class TinyDisk : IDisposable
{
    private const int Megabytes = 8;
    private const int BlockBytes = 4096;

    private TinyDisk(string folder) => Folder = folder;

    internal string Folder { get; }

    private string Filler => Path.Combine(Folder, "filler");

    internal static TinyDisk MountOrSkip()
    {
        Assert.SkipUnless(RuntimeInformation.IsOSPlatform(OSPlatform.Linux) && Environment.UserName == "root", "Only root may mount a disk to fill.");
        var folder = Directory.CreateTempSubdirectory("vulndiag-disk-").FullName;
        var (mounted, words) = Run("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m", "vulndiag-test", folder);
        if (!mounted) Directory.Delete(folder);
        Assert.SkipUnless(mounted, $"This machine mounts no disk to fill: {words}");
        return new TinyDisk(folder);
    }

    /// <summary>Fills it; so many blocks of 4 KiB stay free.</summary>
    internal void Fill(int blocksLeft)
    {
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[BlockBytes];
        try
        {
            while (true) file.Write(block);
        }
        catch (IOException)
        {
            file.SetLength(Math.Max(0, file.Length - ((long)blocksLeft * BlockBytes)));
        }
    }

    internal void MakeRoom() => File.Delete(Filler);

    public void Dispose()
    {
        // Lazily: a child of the test may still be closing its files.
        Run("umount", "-l", Folder);
        Directory.Delete(Folder);
    }

    private static (bool Succeeded, string Words) Run(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode == 0, error.Trim());
    }
}
