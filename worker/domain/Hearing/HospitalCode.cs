using VulnDiag.Domain.Data;

namespace VulnDiag.Domain.Hearing;

/// <summary>医療機関コード: ten digits, prefecture first, Luhn check digit last. And the prefectures.</summary>
/// <remarks>Source: SPEC "The hearing"; prefecture numbers: JIS X 0401.</remarks>
internal static class HospitalCode
{
    private const int Digits = 10;

    private static readonly Dictionary<string, string> Prefectures =
        EmbeddedCsv.Rows("Hearing.prefectures.csv").ToDictionary(static row => row["number"], static row => row["name"]);

    /// <summary>The code of the fault, or null when <paramref name="code"/> is right in itself.</summary>
    internal static string? FaultOf(string code)
    {
        if (code.Length == 0) return "hospital-code-missing";
        if (code.Length != Digits || !code.All(char.IsAsciiDigit)) return "hospital-code-length";
        if (PrefectureOf(code) is null) return "hospital-code-prefecture";
        return HasCheckDigit(code) ? null : "hospital-code-check-digit";
    }

    /// <summary>The prefecture that the first two digits name, or null.</summary>
    internal static string? PrefectureOf(string code) => code.Length < 2 ? null : Prefectures.GetValueOrDefault(code[..2]);

    /// <summary>The full name of a prefecture, also when its last character (都, 府, 県) was left out; null when it is none.</summary>
    internal static string? ReadPrefecture(string text) =>
        Prefectures.Values.FirstOrDefault(name => name == text) ?? Prefectures.Values.FirstOrDefault(name => name[..^1] == text);

    /// <summary>Luhn: every second digit from the right is doubled, the digits add up to a multiple of ten.</summary>
    internal static bool HasCheckDigit(string digits)
    {
        var sum = 0;
        for (var place = 0; place < digits.Length; place++)
        {
            var digit = digits[^(place + 1)] - '0';
            if (place % 2 == 1) digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }

        return sum % 10 == 0;
    }
}
