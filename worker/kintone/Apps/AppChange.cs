using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Apps;

/// <summary>What a change does.</summary>
public enum AppChangeKind
{
    /// <summary>Defined and not in the tenant.</summary>
    Added,

    /// <summary>In the tenant and not defined.</summary>
    Removed,

    /// <summary>Defined otherwise than in the tenant.</summary>
    Changed,
}

/// <summary>One difference between the definition and a tenant.</summary>
/// <param name="App">Our name of the app.</param>
/// <param name="Setting">File name without extension; empty when the whole app is new.</param>
/// <param name="Path">Where in the file, by keys and positions.</param>
/// <param name="Kind">What it does.</param>
/// <param name="From">The tenant's value as JSON, or null.</param>
/// <param name="To">The definition's value as JSON, or null.</param>
public sealed record AppChange(string App, string Setting, string Path, AppChangeKind Kind, string? From, string? To)
{
    private const int LongestValue = 80;

    /// <summary>A line for people: <c>~ engagement views 案件一覧.sort: "…" → "…"</c>.</summary>
    public override string ToString() => Kind switch
    {
        AppChangeKind.Added => $"+ {App} {Setting} {Path}{Whole(To)}".TrimEnd(),
        AppChangeKind.Removed => $"- {App} {Setting} {Path}{Whole(From)}",
        AppChangeKind.Changed => $"~ {App} {Setting} {Path}: {Short(From)} → {Short(To)}",
        _ => throw new InvalidOperationException($"{Kind} is no kind of change."),
    };

    private static string Whole(string? value) => value is null ? "" : ": " + Short(value);

    private static string Short(string? value) => value is null ? "–" : value.Length > LongestValue ? value[..LongestValue] + "…" : value;

    internal static AppChange Of(string app, string setting, string path, JToken? from, JToken? to) => new(
        app, setting, path, KindOf(from, to), from?.ToString(Formatting.None), to?.ToString(Formatting.None));

    private static AppChangeKind KindOf(JToken? from, JToken? to) => (from, to) switch
    {
        (null, _) => AppChangeKind.Added,
        (_, null) => AppChangeKind.Removed,
        _ => AppChangeKind.Changed,
    };
}
