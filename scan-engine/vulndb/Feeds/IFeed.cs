namespace VulnDiag.VulnDb.Feeds;

/// <summary>A kind of file that the database is made from. A file per kind; found by reflection.</summary>
internal interface IFeed
{
    /// <summary>Name in <c>vulndb status</c>.</summary>
    string Id { get; }

    /// <summary>True when a file that begins with <paramref name="head"/> is of this kind: told by content, never by name.</summary>
    /// <param name="head">The first characters, without a byte order mark and leading white space.</param>
    bool Recognizes(string head);

    /// <summary>Reads the file as a stream. A bad record is an item; what comes after it is read.</summary>
    /// <exception cref="FeedException">The file as a whole is broken: what was read before must not be kept.</exception>
    IEnumerable<FeedItem> Read(Stream stream);
}

/// <summary>A file that is broken as a whole.</summary>
/// <param name="message">What is wrong, in words.</param>
/// <param name="inner">What the parser said.</param>
public sealed class FeedException(string message, Exception inner) : Exception(message, inner);
