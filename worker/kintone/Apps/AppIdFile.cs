using Newtonsoft.Json;
using VulnDiag.Model;

namespace VulnDiag.Kintone.Apps;

/// <summary>Where an app of ours is in a tenant.</summary>
internal sealed record AppPlace
{
    /// <summary>App id.</summary>
    public required long Id { get; init; }

    /// <summary>Revision of the test environment after our last write, while an apply is under way; 0 otherwise. A draft of this revision is ours.</summary>
    public long DraftRevision { get; init; }
}

/// <summary>A small local file with the ids of our apps by tenant. Without it apps are found by their exact name.</summary>
internal sealed class AppIdFile
{
    private readonly string? _path;
    private readonly string _tenant;
    private readonly Dictionary<string, Dictionary<string, AppPlace>> _all;

    private AppIdFile(string? path, string tenant, Dictionary<string, Dictionary<string, AppPlace>> all)
    {
        _path = path;
        _tenant = tenant;
        _all = all;
    }

    /// <summary>Our apps in this tenant, by key.</summary>
    internal IReadOnlyDictionary<string, AppPlace> Places =>
        _all.TryGetValue(_tenant, out var places) ? places : new Dictionary<string, AppPlace>(StringComparer.Ordinal);

    /// <summary>Reads the file; a missing one is empty.</summary>
    /// <exception cref="InvalidDataException">It does not read as such a file.</exception>
    internal static AppIdFile Read(string? path, string tenant)
    {
        if (path is null || !File.Exists(path)) return new AppIdFile(path, tenant, new(StringComparer.Ordinal));
        try
        {
            return new AppIdFile(path, tenant, Json.Read<Dictionary<string, Dictionary<string, AppPlace>>>(File.ReadAllText(path)));
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} does not read as a file of app ids: {fault.Message} Mend it or delete it: apps are then found by name.", fault);
        }
    }

    /// <summary>Makes sure that ids can be kept, before anything is made that has one.</summary>
    /// <exception cref="IOException">The folder cannot be made or written to.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    internal void EnsureWritable()
    {
        if (_path is null) return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
        using var probe = new FileStream($"{_path}.new", FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
    }

    /// <summary>Keeps a place: written aside, flushed, renamed.</summary>
    internal void Keep(string key, AppPlace place)
    {
        if (!_all.TryGetValue(_tenant, out var places)) _all[_tenant] = places = new(StringComparer.Ordinal);
        if (places.TryGetValue(key, out var before) && before == place) return;
        places[key] = place;
        if (_path is null) return;
        var aside = _path + ".new";
        using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(Json.Utf8.GetBytes(Json.WriteIndented(_all)));
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, _path, overwrite: true);
    }
}
