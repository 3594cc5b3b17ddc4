using System.IO.Compression;
using System.Text;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>A file to read, or an entry of a .zip.</summary>
/// <param name="Name">Path below the folder.</param>
/// <param name="Open">Opens the plain text.</param>
internal sealed record FeedFile(string Name, Func<Stream> Open)
{
    private const int HeadLength = 4096;

    /// <summary>The first characters, by which the kind is told.</summary>
    internal string Head()
    {
        using var text = OpenText();
        var head = new char[HeadLength];
        return new string(head, 0, text.ReadBlock(head));
    }

    internal StreamReader OpenText() => new(Open(), Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
}

/// <summary>The files of a folder and its subfolders: plain, .gz, and each entry of a .zip, told by their first bytes.</summary>
internal static class FeedFiles
{
    private static readonly byte[] GzipMark = [0x1F, 0x8B];
    private static readonly byte[] ZipMark = [0x50, 0x4B, 0x03, 0x04];

    /// <summary>All files in the order of their names.</summary>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    internal static IEnumerable<FeedFile> In(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(folder, path);
            if (!StartsWith(path, ZipMark))
            {
                yield return new FeedFile(name, () => Open(path));
                continue;
            }

            foreach (var entry in Entries(path)) yield return new FeedFile($"{name}/{entry}", () => OpenEntry(path, entry));
        }
    }

    private static Stream Open(string path)
    {
        var file = File.OpenRead(path);
        return StartsWith(path, GzipMark) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static List<string> Entries(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            return [.. zip.Entries.Where(static entry => entry.Name.Length > 0).Select(static entry => entry.FullName)];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    /// <summary>The archive stays open as long as its entry.</summary>
    private static ZipEntryStream OpenEntry(string path, string entry)
    {
        var zip = ZipFile.OpenRead(path);
        return new ZipEntryStream(zip, (zip.GetEntry(entry) ?? throw new FileNotFoundException($"{path} has no {entry}.")).Open());
    }

    private static bool StartsWith(string path, byte[] mark)
    {
        Span<byte> head = stackalloc byte[4];
        using var file = File.OpenRead(path);
        var read = file.ReadAtLeast(head[..mark.Length], mark.Length, throwOnEndOfStream: false);
        return read == mark.Length && head[..mark.Length].SequenceEqual(mark);
    }
}
