using System.Globalization;
using System.Text;

namespace VulnDiag.Lab.Kintone.Formulas;

/// <summary>The functions that make text of numbers and times: YEN and DATE_FORMAT.</summary>
internal static class FormulaWords
{
    private const int MaxPlaces = 10;
    private const string Letters = "YyMdHhmsaE";

    /// <summary>An amount in yen, rounded half up, with separators and a fixed number of decimal places.</summary>
    /// <exception cref="FormulaFault">More than ten places are asked for.</exception>
    public static string Yen(decimal amount, decimal places)
    {
        if (places != decimal.Truncate(places) || places is < 0 or > MaxPlaces) throw new FormulaFault("YEN takes up to ten decimal places.");
        var rounded = Math.Round(amount, (int)places, MidpointRounding.AwayFromZero);
        var digits = Math.Abs(rounded).ToString("N" + ((int)places).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return (rounded < 0 ? "-\u00A5" : "\u00A5") + digits;
    }

    /// <summary>An instant (seconds since 1970) in a time zone and a form such as <c>YYYY-MM-dd HH:mm</c>.</summary>
    /// <exception cref="FormulaFault">The time zone is unknown, the instant out of range, or the form malformed.</exception>
    public static string DateFormat(decimal seconds, string form, string zone)
    {
        try
        {
            var local = DateTimeOffset.FromUnixTimeSeconds((long)seconds).ToOffset(Offset(seconds, zone));
            return Write(local, form);
        }
        catch (Exception fault) when (fault is ArgumentException or TimeZoneNotFoundException or InvalidTimeZoneException or OverflowException)
        {
            throw new FormulaFault($"'{zone}' or the time cannot be shown.");
        }
    }

    private static TimeSpan Offset(decimal seconds, string zone) => zone == "system"
        ? Forms.KintoneTime.Zone
        : TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds((long)seconds));

    private static string Write(DateTimeOffset local, string form)
    {
        var text = new StringBuilder();
        for (var at = 0; at < form.Length;)
        {
            var letter = form[at];
            if (letter == '\'') text.Append(Quoted(form, ref at));
            else if (!Letters.Contains(letter, StringComparison.Ordinal)) text.Append(form[at++]);
            else text.Append(Part(local, letter, Run(form, ref at)));
        }

        return text.ToString();
    }

    private static int Run(string form, ref int at)
    {
        var start = at;
        while (at < form.Length && form[at] == form[start]) at++;
        return at - start;
    }

    private static string Quoted(string form, ref int at)
    {
        var end = form.IndexOf('\'', at + 1);
        if (end < 0) throw new FormulaFault("A quotation in the form is not closed.");
        var text = end == at + 1 ? "'" : form[(at + 1)..end];
        at = end + 1;
        return text;
    }

    private static string Part(DateTimeOffset local, char letter, int width) => letter switch
    {
        'Y' or 'y' when width == 2 => Number(local.Year % 100, 2),
        'Y' or 'y' => Number(local.Year, width),
        'M' when width == 3 => local.ToString("MMM", CultureInfo.InvariantCulture),
        'M' when width > 3 => local.ToString("MMMM", CultureInfo.InvariantCulture),
        'M' => Number(local.Month, width),
        'd' => Number(local.Day, width),
        'H' => Number(local.Hour, width),
        'h' => Number((local.Hour + 11) % 12 + 1, width),
        'm' => Number(local.Minute, width),
        's' => Number(local.Second, width),
        'a' => local.Hour < 12 ? "AM" : "PM",
        _ => local.ToString(width < 4 ? "ddd" : "dddd", CultureInfo.InvariantCulture),
    };

    private static string Number(int value, int width) => value.ToString("D" + width.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
