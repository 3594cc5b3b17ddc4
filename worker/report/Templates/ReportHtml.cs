using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Fluid;
using VulnDiag.Report.Sections;
using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Templates;

/// <summary>Makes the report's one HTML document. Everything that templates print is escaped; nothing in it runs or is fetched.</summary>
internal static class ReportHtml
{
    private const int MostHeaderLetters = 40;

    private static readonly FluidParser Parser = new();
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly TemplateOptions Options = new()
    {
        MemberAccessStrategy = new UnsafeMemberAccessStrategy { MemberNameStrategy = MemberNameStrategies.CamelCase },
    };

    private static readonly Dictionary<string, IFluidTemplate> Compiled = SectionCatalogue.All.Select(static section => section.Id).Append("layout")
        .ToDictionary(static id => id, static id => Compile($"{id}.liquid"), StringComparer.Ordinal);

    private static readonly Dictionary<string, TextFile> TextsOf =
        SectionCatalogue.All.ToDictionary(static section => section.Id, static section => TextFile.Load(section.Id), StringComparer.Ordinal);

    private static readonly string Style = Resource("report.css");

    /// <param name="model">The report.</param>
    /// <param name="pages">Page number by anchor for the contents; empty while it is not known.</param>
    internal static async Task<string> RenderAsync(ReportModel model, IReadOnlyDictionary<string, int> pages)
    {
        var sections = SectionCatalogue.All.Where(section => section.AppliesTo(model)).ToList();
        var chapters = Chapters(sections, model, pages);
        var body = new StringBuilder();
        foreach (var section in sections)
        {
            var texts = TextsOf[section.Id];
            var view = section.View(new SectionContext(model, texts, Words.Japanese, chapters));
            var heading = chapters.FirstOrDefault(chapter => chapter.Id == section.Id)?.Heading;
            body.Append(await RenderAsync(section.Id, view, texts, heading ?? texts["title"]));
        }

        return await RenderAsync("layout", Layout(model, body.ToString()), TextsOf["cover"], TextsOf["cover"]["title"]);
    }

    private static LayoutView Layout(ReportModel model, string body)
    {
        var words = Words.Japanese;
        var title = TextsOf["cover"]["title"];
        var subject = words.Subject(model);
        var edition = words.Edition(model);
        var header = subject.Length > MostHeaderLetters ? Printable.Cut(subject, MostHeaderLetters) + "…" : subject;
        return new LayoutView(
            Title: $"{title} {subject} {edition}",
            Author: Printable.Line(model.Operator),
            Style,
            HeaderLeft: CssString(header),
            HeaderRight: CssString($"{title} {edition}"),
            model.Draft,
            body);
    }

    // The cover and the contents stand before chapter 1 and are not listed themselves.
    private static IReadOnlyList<Chapter> Chapters(IReadOnlyList<IReportSection> sections, ReportModel model, IReadOnlyDictionary<string, int> pages)
    {
        string Page(string anchor) => pages.TryGetValue(anchor, out var page) ? page.ToString(CultureInfo.InvariantCulture) : "";
        return
        [
            .. sections.Where(static section => section is not (CoverSection or ContentsSection)).Select((section, index) => new Chapter(
                section.Id,
                $"{index + 1}. {TextsOf[section.Id]["title"]}",
                Page(section.Id),
                section is LinesSection
                    ? [.. model.Lines.Select((line, number) => new Chapter(LinesSection.Anchor(number), Words.Japanese.LineCell(line), Page(LinesSection.Anchor(number)), []))]
                    : [])),
        ];
    }

    private static async Task<string> RenderAsync(string id, object view, TextFile texts, string heading)
    {
        var context = new TemplateContext(new { }, Options);
        context.SetValue("v", view);
        context.SetValue("t", texts.Tree);
        context.SetValue("id", id);
        context.SetValue("heading", heading);
        return await Compiled[id].RenderAsync(context, Encoder);
    }

    /// <summary>A CSS string literal: all but plain letters and digits as code points, so that no text can end the string or the style.</summary>
    internal static string CssString(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(Rune.IsLetterOrDigit(rune) ? rune.ToString() : $"\\{rune.Value:x6}");
        }

        return result.Append('"').ToString();
    }

    private static IFluidTemplate Compile(string name) => Parser.Parse(Resource(name));

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"VulnDiag.Report.Templates.{name}")
            ?? throw new InvalidOperationException($"Templates/{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

/// <summary>What goes around the sections.</summary>
internal sealed record LayoutView(string Title, string Author, string Style, string HeaderLeft, string HeaderRight, bool Draft, string Body);
