namespace VulnDiag.Domain.Calendar;

/// <summary>The days of the equinoxes in Japan.</summary>
/// <remarks>
/// Source of the constants: the approximation of the Hydrographic Department of the Japan Coast Guard (shin koyomi benri-cho), valid for 1980 to 2099.
/// The binding date is announced by the National Astronomical Observatory each February for the next year; it has agreed with the formula so far.
/// </remarks>
internal static class Equinox
{
    internal const int FirstYear = 1980;
    internal const int LastYear = 2099;

    private const int March = 3;
    private const decimal SpringOf1980 = 20.8431m;
    private const decimal AutumnOf1980 = 23.2488m;
    private const decimal DriftPerYear = 0.242194m;

    /// <summary>The equinox of <paramref name="month"/> (3 or 9), or null outside the formula's years.</summary>
    internal static DateOnly? In(int year, int month)
    {
        if (year is < FirstYear or > LastYear) return null;
        var years = year - FirstYear;
        var day = (month == March ? SpringOf1980 : AutumnOf1980) + (DriftPerYear * years) - (years / 4);
        return new DateOnly(year, month, (int)day);
    }
}
