using VulnDiag.Report.Texts;

namespace VulnDiag.Report.Sections;

/// <summary>What a section may look at.</summary>
/// <param name="Model">The report.</param>
/// <param name="Texts">The section's own words.</param>
/// <param name="Words">Words that all share.</param>
/// <param name="Chapters">The report's numbered chapters.</param>
internal sealed record SectionContext(ReportModel Model, TextFile Texts, Words Words, IReadOnlyList<Chapter> Chapters)
{
    /// <summary>The number and title of a chapter, for references to it.</summary>
    internal string TitleOf(string id) => Chapters.Single(chapter => chapter.Id == id).Heading;
}

/// <summary>An entry of the contents.</summary>
/// <param name="Id">Anchor.</param>
/// <param name="Heading">Number and title.</param>
/// <param name="Page">Page number, or empty while it is not known.</param>
/// <param name="Parts">Entries below it.</param>
internal sealed record Chapter(string Id, string Heading, string Page, IReadOnlyList<Chapter> Parts);

/// <summary>A rating as templates show it.</summary>
/// <param name="Name">The guide's word.</param>
/// <param name="Style">CSS class.</param>
/// <param name="Band">Scores, or that there are none.</param>
/// <param name="Count">How many findings.</param>
internal sealed record SeverityView(string Name, string Style, string Band, int Count = 0);
