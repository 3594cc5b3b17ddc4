using System.Globalization;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Kintone.Http;

/// <summary>How kintone writes numbers: as strings.</summary>
internal static class Wire
{
    /// <summary>An id, a revision or a count.</summary>
    public static JValue Number(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>An instant in UTC.</summary>
    public static JValue Instant(DateTimeOffset instant) => new(Forms.KintoneTime.Show(instant));
}
