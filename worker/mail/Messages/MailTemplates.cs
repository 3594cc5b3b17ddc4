using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Fluid;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages;

/// <summary>Renders the Liquid templates of a mail. A placeholder that nothing fills is our mistake and throws.</summary>
/// <remarks>Thread-safe.</remarks>
internal static partial class MailTemplates
{
    private static readonly FluidParser Parser = new();
    private static readonly ConcurrentDictionary<string, IFluidTemplate> Parsed = new(StringComparer.Ordinal);
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly TemplateOptions Options = new()
    {
        // Our own view classes only; they hold nothing but what a mail may show.
        MemberAccessStrategy = new UnsafeMemberAccessStrategy { MemberNameStrategy = MemberNameStrategies.SnakeCase },
        StrictVariables = true,
        StrictFilters = true,
        CultureInfo = CultureInfo.InvariantCulture,
    };

    internal static string Subject(MailKind kind, MailView view) => Line($"{kind}.subject.txt", view);

    /// <summary>A template whose result is one line.</summary>
    internal static string Line(string name, MailView view) => Spaces().Replace(Render(name, view, NullEncoder.Default), " ").Trim();

    /// <summary>A template whose result is a few lines of plain text.</summary>
    internal static string Block(string name, MailView view) => Render(name, view, NullEncoder.Default).Trim();

    internal static string Text(MailKind kind, MailView view)
    {
        var parts = new[] { "top.txt", $"{kind}.body.txt", view.HasForm ? "form.txt" : "", "foot.txt" };
        return TidyText(parts.Where(static name => name.Length > 0).Select(name => Render(name, view, NullEncoder.Default)));
    }

    /// <summary>A day's mail: what goes around, and the body and the form of each request.</summary>
    internal static string DigestText(DigestView view) => TidyText(
    [
        Render("top.txt", view, NullEncoder.Default),
        Render("digest.intro.txt", view, NullEncoder.Default),
        .. view.Items.SelectMany(static item => ItemParts(item, ".txt", NullEncoder.Default)),
        Render("digest.foot.txt", view, NullEncoder.Default),
    ]);

    /// <summary>The same as a page.</summary>
    internal static string DigestPage(DigestView view) => TidyPage(
    [
        Render("head.html", view, Html),
        Render("top.html", view, Html),
        Render("digest.intro.html", view, Html),
        .. view.Items.SelectMany(static item => ItemParts(item, ".html", Html)),
        Render("digest.foot.html", view, Html),
    ]);

    internal static string HtmlPage(MailKind kind, MailView view)
    {
        var parts = new[] { "head.html", "top.html", $"{kind}.body.html", view.HasForm ? "form.html" : "", "foot.html" };
        return TidyPage(parts.Where(static name => name.Length > 0).Select(name => Render(name, view, Html)));
    }

    private static IEnumerable<string> ItemParts(DigestItemView item, string ending, TextEncoder encoder)
    {
        yield return Render($"digest.item{ending}", item, encoder);
        yield return Render($"{item.Kind}.body{ending}", item.View, encoder);
        if (item.View.HasForm) yield return Render($"form{ending}", item.View, encoder);
    }

    private static string TidyText(IEnumerable<string> parts) => Gaps().Replace(TrailingSpaces().Replace(string.Join("\n\n", parts), ""), "\n\n").Trim() + "\n";

    private static string TidyPage(IEnumerable<string> parts) => Gaps().Replace(TrailingSpaces().Replace(string.Concat(parts), ""), "\n").Trim() + "\n";

    private static string Render(string name, object view, TextEncoder encoder)
    {
        var template = Parsed.GetOrAdd(name, static file => Parser.Parse(EmbeddedText.Read($"Messages.{file}")));
        return template.Render(new TemplateContext(view, Options), encoder);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"[ \t]+(?=\n|$)")]
    private static partial Regex TrailingSpaces();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex Gaps();
}
