namespace VulnDiag.Kintone.Apps.Lint;

/// <summary>Finds mistakes in the definitions before kintone would, or where it never would. A file per kind of setting.</summary>
internal static class AppLinter
{
    private static readonly IReadOnlyList<Func<AppDefinition, FieldCatalogue, IEnumerable<string>>> Lints =
        [GeneralLint.Check, LayoutLint.Check, ViewLint.Check, ProcessLint.Check, RightsLint.Check, NotificationLint.Check];

    /// <summary>The mistakes, as sentences.</summary>
    internal static IReadOnlyList<string> Lint(IReadOnlyList<AppDefinition> apps) =>
    [
        .. apps.SelectMany(app => FieldLint.Check(app, apps)),
        .. apps.SelectMany(app => Lints.SelectMany(lint => lint(app, new FieldCatalogue(app)))),
        .. SameNames(apps),
    ];

    private static IEnumerable<string> SameNames(IReadOnlyList<AppDefinition> apps) => apps
        .GroupBy(static app => app.Name, StringComparer.Ordinal)
        .Where(static group => group.Count() > 1)
        .Select(static group => $"The apps {string.Join(", ", group.Select(static app => app.Key))} have the same name: they could not be told apart.");
}
