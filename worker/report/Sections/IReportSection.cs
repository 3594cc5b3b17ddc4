using System.Reflection;

namespace VulnDiag.Report.Sections;

/// <summary>One chapter of the report: a file here, a template of the same id in Templates/, its words in Texts/.</summary>
internal interface IReportSection
{
    /// <summary>Names the template (<c>Templates/ID.liquid</c>), the texts (<c>Texts/ID.ja.json</c>) and the anchor.</summary>
    string Id { get; }

    /// <summary>Place in the report; unique.</summary>
    int Order { get; }

    /// <summary>False where the chapter would say nothing.</summary>
    bool AppliesTo(ReportModel model);

    /// <summary>What the template shows: words and numbers ready to print, not yet escaped.</summary>
    object View(SectionContext context);
}

/// <summary>Every section, found once by reflection, in the order of the report.</summary>
internal static class SectionCatalogue
{
    internal static IReadOnlyList<IReportSection> All { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetTypes()
            .Where(static type => !type.IsAbstract && type.IsAssignableTo(typeof(IReportSection)))
            .Select(static type => (IReportSection)Activator.CreateInstance(type)!)
            .OrderBy(static section => section.Order),
    ];
}
