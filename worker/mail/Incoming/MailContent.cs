using MimeKit;

namespace VulnDiag.Mail.Incoming;

/// <summary>A parsed mail, with what the classifying rules look at. Whatever is broken reads as empty.</summary>
internal sealed class MailContent
{
    private const int LargestText = 256 * 1024;
    private const int MostParts = 200;

    private readonly HeaderList _headers;

    internal MailContent(HeaderList headers, MimeEntity? body)
    {
        _headers = headers;
        Parts = [.. Flatten(body).Take(MostParts)];
        Unparted = Parts.Count == 0 ? Preamble(body) : "";
        Body = FindBody();
    }

    /// <summary>Every leaf of the body and every report part; never what lies inside a returned or forwarded mail.</summary>
    internal IReadOnlyList<MimeEntity> Parts { get; }

    /// <summary>The text of a multipart whose boundary never comes, so that it has no parts; empty otherwise.</summary>
    internal string Unparted { get; }

    /// <summary>What a reader of the mail sees: its plain text, or its HTML as text.</summary>
    internal string Body { get; }

    internal string Subject => Header("Subject");

    /// <summary>Media type of the whole, such as <c>multipart/report</c>, and its report-type where it has one.</summary>
    internal string ReportType => ContentType?.IsMimeType("multipart", "report") == true ? ContentType.Parameters["report-type"]?.ToLowerInvariant() ?? "" : "";

    private ContentType? ContentType =>
        ContentType.TryParse(_headers["Content-Type"] ?? "", out var type) ? type : null;

    /// <summary>The decoded value of the first header of this name; empty where there is none.</summary>
    internal string Header(string name)
    {
        var header = _headers.FirstOrDefault(one => string.Equals(one.Field, name, StringComparison.OrdinalIgnoreCase));
        return header is null ? "" : RawText.Decode(header).Trim();
    }

    internal bool Has(string name) => _headers.Any(one => string.Equals(one.Field, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The first sender.</summary>
    internal MailboxAddress? From => InternetAddressList.TryParse(Header("From"), out var list) ? list.Mailboxes.FirstOrDefault() : null;

    /// <summary>Leaves whose media type is this; the first at the front.</summary>
    internal IEnumerable<MimeEntity> OfType(string media, string subtype) => Parts.Where(part => part.ContentType.IsMimeType(media, subtype));

    /// <summary>The decoded text of a part; empty where it cannot be decoded.</summary>
    internal static string TextOf(MimeEntity part)
    {
        if (part is not MimePart { Content: not null } leaf) return "";
        using var decoded = new MemoryStream();
        leaf.Content.DecodeTo(decoded);
        var bytes = decoded.GetBuffer().AsSpan(0, (int)Math.Min(decoded.Length, LargestText));
        return RawText.Decode(bytes, leaf.ContentType.Charset);
    }

    private static IEnumerable<MimeEntity> Flatten(MimeEntity? entity)
    {
        var waiting = new Stack<MimeEntity>();
        if (entity is not null) waiting.Push(entity);
        while (waiting.TryPop(out var next))
        {
            if (next is not Multipart multipart)
            {
                yield return next;
                continue;
            }

            for (var index = multipart.Count - 1; index >= 0; index--) waiting.Push(multipart[index]);
        }
    }

    /// <summary>The text before the first part, of the innermost multipart that stands first.</summary>
    private static string Preamble(MimeEntity? entity)
    {
        var text = "";
        while (entity is Multipart multipart)
        {
            text = string.IsNullOrWhiteSpace(multipart.Preamble) ? text : multipart.Preamble;
            entity = multipart.FirstOrDefault();
        }

        return text.ReplaceLineEndings("\n");
    }

    private string FindBody()
    {
        var shown = Parts.OfType<TextPart>().Where(static part => !part.IsAttachment).ToList();
        var plain = string.Join('\n', shown.Where(static part => part.IsPlain).Select(TextOf)).ReplaceLineEndings("\n");
        if (!string.IsNullOrWhiteSpace(plain)) return plain;

        var html = shown.FirstOrDefault(static part => part.IsHtml);
        return html is null ? Unparted : HtmlText.Of(TextOf(html));
    }
}
