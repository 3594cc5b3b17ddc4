using System.Globalization;
using System.Text.RegularExpressions;

namespace VulnDiag.Lab.Kintone.Http;

/// <summary>A path of kintone's REST API: <c>/k/v1/record.json</c>, or <c>/k/guest/3/v1/record.json</c> in a guest space.</summary>
/// <param name="Resource">What follows <c>v1/</c>.</param>
/// <param name="GuestSpace">The guest space, or null.</param>
internal readonly partial record struct KintonePath(string Resource, long? GuestSpace)
{
    /// <summary>Reads a path.</summary>
    public static bool TryRead(string text, out KintonePath path)
    {
        var match = Form().Match(text);
        path = default;
        if (!match.Success) return false;
        var space = match.Groups["space"];
        path = new KintonePath(match.Groups["resource"].Value, space.Success ? long.Parse(space.Value, CultureInfo.InvariantCulture) : null);
        return true;
    }

    [GeneratedRegex(@"^/k/(guest/(?<space>\d{1,9})/)?v1/(?<resource>[A-Za-z/]+\.json)$")]
    private static partial Regex Form();
}
