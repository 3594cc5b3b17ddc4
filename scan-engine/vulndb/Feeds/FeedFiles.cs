using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>A file to read, or an entry of a .zip.</summary>
/// <param name="Name">Path below the folder.</param>
/// <param name="Open">Opens the plain bytes.</param>
internal sealed record FeedFile(string Name, Func<Stream> Open)
{
    private const int HeadLength = 4096;

    /// <summary>Opens the file and reads its first characters, by which the kind is told; the stream still gives them.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InvalidDataException">It is no whole archive.</exception>
    internal (string Head, Stream Content) OpenWithHead()
    {
        var stream = Open();
        try
        {
            var head = new byte[HeadLength];
            var read = stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
            return (Encoding.UTF8.GetString(head, 0, read), new PeekedStream(head.AsMemory(0, read), stream));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}

/// <summary>The files of a folder and its subfolders: plain, .gz, and each entry of a .zip, told by their first bytes.</summary>
internal static class FeedFiles
{
    private static readonly byte[] GzipMark = [0x1F, 0x8B];
    private static readonly byte[] ZipMark = [0x50, 0x4B, 0x03, 0x04];

    /// <summary>All files in the order of their names; each has to be read before the next one is asked for. A folder that is a link is not entered.</summary>
    internal static IEnumerable<FeedFile> In(string folder)
    {
        foreach (var path in Paths(folder))
        {
            var name = Path.GetRelativePath(folder, path);
            if (!StartsWith(path, ZipMark))
            {
                yield return new FeedFile(name, () => Open(path));
                continue;
            }

            using var zip = OpenArchive(path);
            if (zip is null) yield return new FeedFile(name, static () => throw new InvalidDataException("The archive is broken."));
            foreach (var entry in zip?.Entries.Where(static entry => entry.Name.Length > 0) ?? [])
                yield return new FeedFile($"{name}/{entry.FullName}", () => new LimitedStream(entry.Open(), entry.CompressedLength, entry.Length));
        }
    }

    private static List<string> Paths(string folder)
    {
        var paths = new List<string>();
        var open = new Stack<string>([folder]);
        while (open.TryPop(out var next))
        {
            foreach (var entry in new DirectoryInfo(next).EnumerateFileSystemInfos("*", new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = 0 }))
            {
                if (!entry.Attributes.HasFlag(FileAttributes.Directory)) paths.Add(entry.FullName);
                else if (entry.LinkTarget is null) open.Push(entry.FullName);
            }
        }

        paths.Sort(StringComparer.Ordinal);
        return paths;
    }

    /// <summary>An empty file is not opened: it may be a pipe, which never ends.</summary>
    private static Stream Open(string path)
    {
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        if (!File.Exists(target)) throw new FileNotFoundException("It is a link to nothing.");
        if (new FileInfo(target).Length == 0) return Stream.Null;
        var file = File.OpenRead(target);
        return StartsWith(target, GzipMark) ? Unzipped(file) : file;
    }

    /// <summary>The last four bytes are the plain length of the last member, modulo 2^32 (RFC 1952, section 2.3.1); .NET does not look at them.</summary>
    private static LimitedStream Unzipped(FileStream file)
    {
        Span<byte> length = stackalloc byte[sizeof(uint)];
        if (file.Length >= length.Length)
        {
            file.Seek(-length.Length, SeekOrigin.End);
            file.ReadExactly(length);
            file.Seek(0, SeekOrigin.Begin);
        }

        return new LimitedStream(new GZipStream(file, CompressionMode.Decompress), file.Length, BinaryPrimitives.ReadUInt32LittleEndian(length));
    }

    private static ZipArchive? OpenArchive(string path)
    {
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return null;
        }
    }

    private static bool StartsWith(string path, byte[] mark)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: > 0 }) return false;
            Span<byte> head = stackalloc byte[4];
            using var file = File.OpenRead(path);
            var read = file.ReadAtLeast(head[..mark.Length], mark.Length, throwOnEndOfStream: false);
            return read == mark.Length && head[..mark.Length].SequenceEqual(mark);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
