using System.Globalization;
using System.Text.RegularExpressions;

namespace VulnDiag.VulnDb.Versions;

/// <summary>Cisco IOS 12.2(55)SE5 and IOS XE 3.13.2aS: releases of different trains (SE, SG, T, M …) have no order. IOS XE has no trains from 16 on.</summary>
/// <remarks>Source: Cisco, "Cisco IOS and NX-OS Software Reference Guide" (release naming).</remarks>
internal sealed partial class CiscoTrainScheme(IVersionScheme general) : IVersionScheme
{
    private const int LastWithTrains = 15;

    public string Id => "cisco-train";

    public bool HasLines => true;

    public int Compare(string? x, string? y) => general.Compare(x, y);

    public int? Place(string found, string named)
    {
        var (ours, theirs) = (Train(found), Train(named));
        return ours is null || theirs is null || ours == theirs ? Compare(found, named) : null;
    }

    /// <summary>The letters of the train without that of a rebuild; null for a version without, as a bound may be.</summary>
    private static string? Train(string version) =>
        Form().Match(version) is { Success: true } match && int.Parse(match.Groups["major"].ValueSpan, CultureInfo.InvariantCulture) <= LastWithTrains
            ? match.Groups["train"].Value.ToUpperInvariant()
            : null;

    /// <summary>Major and minor number; the maintenance number in brackets, or with a rebuild letter before the train's.</summary>
    [GeneratedRegex(@"\A(?<major>[0-9]{1,2})\.[0-9]+(\\?\([^()]*\)|\.[0-9]+[a-d]?(?=[a-z])|)(?<train>[a-z]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
