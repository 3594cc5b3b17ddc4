using Newtonsoft.Json;
using VulnDiag.Model;

namespace VulnDiag.Worker.Feeds;

/// <summary>By what a server knows whether a feed is newer than ours.</summary>
/// <param name="ETag">Its tag as sent, or null.</param>
/// <param name="LastModified">Its last change, or null.</param>
internal sealed record FeedMark(string? ETag, DateTimeOffset? LastModified);

/// <summary>The marks of the feeds that a database holds, in a file beside it. Without the database, or when the file is damaged, everything is fetched anew.</summary>
internal sealed class FeedMarks
{
    private readonly string _file;
    private readonly Dictionary<string, FeedMark> _marks;

    private FeedMarks(string file, Dictionary<string, FeedMark> marks) => (_file, _marks) = (file, marks);

    internal static FeedMarks Of(string database)
    {
        var file = database + ".feeds.json";
        return new FeedMarks(file, File.Exists(database) && File.Exists(file) ? Read(file) : []);
    }

    /// <summary>What was told when the feed was last loaded; null for a new one.</summary>
    internal FeedMark? Of(Uri address) => _marks.GetValueOrDefault(address.AbsoluteUri);

    /// <summary>Keeps the marks of what was loaded: the file is replaced as a whole.</summary>
    internal void Keep(IEnumerable<KeyValuePair<Uri, FeedMark>> loaded)
    {
        foreach (var (address, mark) in loaded) _marks[address.AbsoluteUri] = mark;
        var beside = _file + ".new";
        File.WriteAllText(beside, Json.Write(_marks));
        File.Move(beside, _file, overwrite: true);
    }

    private static Dictionary<string, FeedMark> Read(string file)
    {
        try
        {
            return Json.Read<Dictionary<string, FeedMark>>(File.ReadAllText(file));
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
