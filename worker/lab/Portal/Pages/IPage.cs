using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Pages;

/// <summary>A page: its paths, and what each method does there. A class without constructor arguments, found by reflection.</summary>
internal interface IPage
{
    /// <summary>The paths and methods served.</summary>
    IEnumerable<PageRoute> Routes { get; }
}

/// <summary>What a method does at a path.</summary>
/// <param name="Method">GET or POST. A GET changes nothing; a POST came from a form of this session.</param>
/// <param name="Pattern">The path.</param>
/// <param name="Door">Who comes in.</param>
/// <param name="Run">Answers.</param>
internal sealed record PageRoute(string Method, string Pattern, Door Door, Func<Visit, Task> Run);

/// <summary>Who may open a page.</summary>
internal enum Door
{
    /// <summary>Anybody: the login, style and script.</summary>
    Open,

    /// <summary>A user who is logged in.</summary>
    User,

    /// <summary>Whoever was given the key of the mail pages.</summary>
    Mail,
}
