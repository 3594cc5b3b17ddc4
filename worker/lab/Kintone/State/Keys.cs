using System.Globalization;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>How ids become document keys and back.</summary>
internal static class Keys
{
    /// <summary>The key of a chain of ids, such as app and record.</summary>
    public static string Of(params long[] ids) => string.Join('/', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
}
