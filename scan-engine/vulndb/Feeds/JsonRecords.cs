using System.Text;
using System.Text.Json;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>Reads the objects of a large JSON file one by one, never the whole. An object that is not well-formed is a bad record; the rest is read.</summary>
internal static class JsonRecords
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>The objects of the array <paramref name="property"/> of the outermost object.</summary>
    /// <exception cref="FeedException">The text ends before its end, or has no such list.</exception>
    internal static IEnumerable<FeedItem> OfArray(Stream stream, string property, Func<JsonElement, FeedItem> read)
    {
        var scanner = new JsonScanner(stream);
        var (number, found) = (0L, false);
        while (Properties(scanner) is { } names)
        {
            foreach (var name in names)
            {
                if (name != property || scanner.Peek() != '[')
                {
                    scanner.Skip();
                    continue;
                }

                found = true;
                foreach (var value in Elements(scanner)) yield return Item(value, ++number, read);
            }
        }

        if (!found) throw new FeedException($"The file has no list '{property}'.", new InvalidDataException(property));
    }

    /// <summary>The properties of the outermost object, one by one.</summary>
    /// <exception cref="FeedException">The text ends before its end.</exception>
    internal static IEnumerable<FeedItem> OfProperties(Stream stream, Func<string, JsonElement, IEnumerable<FeedItem>> read)
    {
        var scanner = new JsonScanner(stream);
        while (Properties(scanner) is { } names)
        {
            foreach (var name in names)
            {
                foreach (var item in Items(scanner.Value(), name, read)) yield return item;
            }
        }
    }

    /// <summary>One object after the other, such as one a line; also a single one.</summary>
    /// <exception cref="FeedException">The text ends before its end.</exception>
    internal static IEnumerable<FeedItem> OneAfterTheOther(Stream stream, Func<JsonElement, FeedItem> read)
    {
        var scanner = new JsonScanner(stream);
        var number = 0L;
        while (scanner.Peek() is >= 0 and var next)
        {
            if (next is '[' or ']' or ',') scanner.Pass();
            else yield return Item(scanner.Value(), ++number, read);
        }
    }

    /// <summary>The names of the next object's properties; at each, the scanner stands before the value, which the caller passes. Null at the end of the text.</summary>
    private static IEnumerable<string>? Properties(JsonScanner scanner)
    {
        var next = scanner.Peek();
        if (next < 0) return null;
        if (next != '{') throw Broken("an object is expected");
        scanner.Pass();
        return Names(scanner);
    }

    private static IEnumerable<string> Names(JsonScanner scanner)
    {
        while (true)
        {
            switch (scanner.Peek())
            {
                case '}':
                    scanner.Pass();
                    yield break;
                case ',':
                    scanner.Pass();
                    break;
                case '"':
                    var name = Encoding.UTF8.GetString(scanner.Value().Span[1..^1]);
                    if (scanner.Peek() != ':') throw Broken("a property has no value");
                    scanner.Pass();
                    if (scanner.Peek() < 0) throw Broken("it ends in the middle");
                    yield return name;
                    break;
                default:
                    throw Broken("it ends in the middle, or a property's name is missing");
            }
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Elements(JsonScanner scanner)
    {
        scanner.Pass();
        while (true)
        {
            switch (scanner.Peek())
            {
                case ']':
                    scanner.Pass();
                    yield break;
                case ',':
                    scanner.Pass();
                    break;
                case < 0:
                    throw Broken("it ends in the middle");
                default:
                    yield return scanner.Value();
                    break;
            }
        }
    }

    private static FeedItem Item(ReadOnlyMemory<byte> text, long number, Func<JsonElement, FeedItem> read)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : new BadRecord($"record {number}", "It is no object.");
        }
        catch (Exception exception) when (IsBad(exception))
        {
            return new BadRecord($"record {number}", $"It is not well-formed: {exception.Message}");
        }
    }

    private static List<FeedItem> Items(ReadOnlyMemory<byte> text, string name, Func<string, JsonElement, IEnumerable<FeedItem>> read)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            return [.. read(name, document.RootElement)];
        }
        catch (Exception exception) when (IsBad(exception))
        {
            return [new BadRecord(name, $"It is not well-formed: {exception.Message}")];
        }
    }

    /// <summary>Not JSON, too deep, or a text that is not UTF-8.</summary>
    private static bool IsBad(Exception exception) => exception is JsonException or InvalidOperationException;

    private static FeedException Broken(string why) => new($"The file is broken: {why}.", new InvalidDataException(why));
}
