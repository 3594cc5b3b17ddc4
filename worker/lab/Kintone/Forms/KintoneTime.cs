using System.Globalization;

namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>kintone's forms of days and instants, and the tenant's time zone. Source: kintone, "kintone REST APIの共通仕様".</summary>
internal static class KintoneTime
{
    /// <summary>The time zone of every user: Japan, which knows no summer time.</summary>
    public static readonly TimeSpan Zone = TimeSpan.FromHours(9);

    private static readonly string[] DateForms = ["yyyy-M-d", "yyyy-M", "yyyy"];

    private static readonly string[] InstantForms =
    [
        "yyyy-M-d'T'HH:mm:ss.FFFFFFFK", "yyyy-M-d'T'HH:mm:ssK", "yyyy-M-d'T'HH:mmK", "yyyy-M-d'T'HHK",
        "yyyy-M-d'T'HH:mm:sszzz", "yyyy-M-d'T'HH:mmzzz", "yyyy-M-d", "yyyy-M", "yyyy",
    ];

    /// <summary>The day in the tenant's time zone.</summary>
    public static DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(now.ToOffset(Zone).DateTime);

    /// <summary>The instant at which a day begins in the tenant's time zone.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Zone);

    /// <summary>Reads a day; a month or a year alone is completed with 01.</summary>
    public static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>Reads a time of day, hours and minutes.</summary>
    public static TimeOnly? TimeOfDay(string text) =>
        TimeOnly.TryParseExact(text, ["H:m", "H:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    /// <summary>Reads an instant in any offset; one without an offset is UTC.</summary>
    public static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParseExact(text, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;

    /// <summary>A day as kintone shows it.</summary>
    public static string Show(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An instant as kintone shows it: UTC, whole seconds.</summary>
    public static string Show(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
