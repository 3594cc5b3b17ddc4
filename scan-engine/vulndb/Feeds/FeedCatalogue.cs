using System.Reflection;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>Every kind of feed, found once by reflection and sorted by id.</summary>
internal static class FeedCatalogue
{
    internal static IReadOnlyList<IFeed> All { get; } = [.. Assembly.GetExecutingAssembly().GetTypes()
        .Where(static type => !type.IsAbstract && type.IsAssignableTo(typeof(IFeed)))
        .Select(static type => (IFeed)Activator.CreateInstance(type)!)
        .OrderBy(static feed => feed.Id, StringComparer.Ordinal)];

    /// <summary>The kind of a file by its first characters; null when it is none of ours.</summary>
    internal static IFeed? Recognize(string head)
    {
        var text = head.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return All.FirstOrDefault(feed => feed.Recognizes(text));
    }
}
