using System.Xml;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>JVN iPedia: VULDEF (details of a year) and JVNRSS (lists), told apart by their root element.</summary>
/// <remarks>Source: JVN, MyJVN VULDEF 3.2 and JVNRSS 2.0 schemas. JVN asks that the source be named and the entry linked.</remarks>
internal sealed class JvnFeed : IFeed
{
    private const string Pages = "https://jvndb.jvn.jp/ja/contents";

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = 0,
    };

    public string Id => "jvn";

    public bool Recognizes(string head) =>
        head.StartsWith('<') && (head.Contains("<VULDEF-Document", StringComparison.Ordinal)
            || (head.Contains("<rdf:RDF", StringComparison.Ordinal) && head.Contains("jvn.jp", StringComparison.Ordinal)));

    public IEnumerable<FeedItem> Read(Stream stream)
    {
        using var xml = XmlReader.Create(stream, Settings);
        Draft? draft = null;
        while (Next(xml))
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Vulinfo" or "item", IsEmptyElement: false }) draft = new Draft();
            else if (xml.NodeType == XmlNodeType.Element && draft is not null) Take(xml, draft);
            else if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "Vulinfo" or "item" } && draft is not null)
            {
                yield return draft.Finish();
                draft = null;
            }
        }
    }

    private static void Take(XmlReader xml, Draft draft)
    {
        switch (xml.LocalName)
        {
            case "references" when xml.GetAttribute("source") == "CVE":
                draft.AddCve(xml.GetAttribute("id"));
                break;
            case "Title" or "title" when draft.Title.Length == 0:
                draft.Title = Text(xml);
                break;
            case "VulinfoID" or "identifier" when draft.Id.Length == 0:
                draft.Id = Text(xml);
                break;
            case "VulinfoID":
                draft.AddCve(Text(xml));
                break;
            default:
                break;
        }
    }

    /// <summary>The text up to the end tag, on which the reader then stands.</summary>
    private static string Text(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var (depth, text) = (xml.Depth, "");
        while (Next(xml) && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth)) text += xml.Value;
        return text.Trim();
    }

    private static bool Next(XmlReader xml)
    {
        try
        {
            return xml.Read();
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException or IOException)
        {
            throw new FeedException($"The file is broken: {exception.Message}", exception);
        }
    }

    private sealed class Draft
    {
        private readonly SortedSet<string> cves = new(StringComparer.Ordinal);

        internal string Id { get; set; } = "";

        internal string Title { get; set; } = "";

        internal void AddCve(string? id)
        {
            if (Fields.IsCve(id)) cves.Add(id!);
        }

        internal FeedItem Finish()
        {
            if (Id.Split('-') is not ["JVNDB", { Length: 4 } year, _] || Title.Length == 0) return new BadRecord(Id.Length == 0 ? "an entry without id" : Id, "It has no JVNDB id with a title.");
            return new JvnEntry(Id, Title, $"{Pages}/{year}/{Id}.html", [.. cves]);
        }
    }
}
