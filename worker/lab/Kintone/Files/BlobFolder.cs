namespace VulnDiag.Lab.Kintone.Files;

/// <summary>Contents of uploaded files, one file each.</summary>
internal sealed class BlobFolder(string folder)
{
    /// <summary>Writes <paramref name="content"/> whole to disk before it returns.</summary>
    /// <returns>The blob's name and size.</returns>
    public async Task<(string Name, long Size)> SaveAsync(Stream content, CancellationToken cancellationToken)
    {
        var name = Guid.NewGuid().ToString("N");
        var path = PathOf(name);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);
        await content.CopyToAsync(file, cancellationToken);
        await file.FlushAsync(cancellationToken);
        file.Flush(flushToDisk: true);
        return (name, file.Length);
    }

    /// <summary>Opens a blob for reading.</summary>
    public Stream Open(string name) =>
        new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous);

    /// <summary>Deletes a blob; one that is not there is fine.</summary>
    public void Delete(string name) => File.Delete(PathOf(name));

    private string PathOf(string name) => Path.Combine(folder, name);
}
