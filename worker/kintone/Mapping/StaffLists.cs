using System.Globalization;
using System.Net;
using Newtonsoft.Json.Linq;
using VulnDiag.Model.Text;
using static VulnDiag.Kintone.Mapping.ExclusionField;

namespace VulnDiag.Kintone.Mapping;

/// <summary>A row of 除外リスト.</summary>
/// <param name="RecordId">Record number.</param>
/// <param name="Typed">除外範囲 as typed.</param>
/// <param name="Range">The range, or null when it does not read as an address or a range: nothing must be scanned until it is mended.</param>
/// <param name="From">適用開始, or null for always.</param>
/// <param name="Until">適用終了 (the last day), or null for ever.</param>
public sealed record Exclusion(long RecordId, string Typed, IPNetwork? Range, DateOnly? From, DateOnly? Until)
{
    /// <summary>True when it is in force on <paramref name="day"/> (JST).</summary>
    public bool InForce(DateOnly day) => (From is null || From <= day) && (Until is null || day <= Until);
}

/// <summary>A row of ベンダ台帳.</summary>
/// <param name="Mail">Lower-case mail address.</param>
/// <param name="Company">ベンダ名.</param>
/// <param name="Person">担当者.</param>
/// <param name="Digest">日次まとめ: one mail a day for all hospitals.</param>
public sealed record VendorEntry(string Mail, string Company, string Person, bool Digest);

/// <summary>Rows of 除外リスト.</summary>
internal static class ExclusionMapping
{
    internal static Exclusion Read(JObject record)
    {
        var fields = new FieldReader<ExclusionField>(record);
        var typed = fields.Text(ExclusionField.Range);
        return new Exclusion(Client.Answers.RecordId(record), typed, ReadRange(typed), fields.Date(From), fields.Date(Until));
    }

    /// <summary>Reads an address or a range in CIDR; bits below the prefix are dropped, so that 192.0.2.77/24 excludes the whole 192.0.2.0/24.</summary>
    internal static IPNetwork? ReadRange(string typed)
    {
        var parts = Nfkc.Normalize(typed).Trim().Split('/');
        if (parts.Length > 2 || !IsPlain(parts[0]) || !IPAddress.TryParse(parts[0], out var address)) return null;
        var bytes = address.GetAddressBytes();
        var bits = bytes.Length * 8;
        var length = bits;
        if (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > bits)) return null;
        for (var bit = length; bit < bits; bit++) bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        return new IPNetwork(new IPAddress(bytes), length);
    }

    // The parser takes 10.1 and 010.0.0.1 (octal) too; a person who types these may mean another address.
    private static bool IsPlain(string address) => address.Contains(':') || (address.Split('.') is { Length: 4 } parts && parts.All(IsPlainNumber));

    private static bool IsPlainNumber(string part) => part.Length is > 0 and <= 3 && part.All(char.IsAsciiDigit) && (part.Length == 1 || part[0] != '0');
}

/// <summary>Rows of ベンダ台帳.</summary>
internal static class VendorMapping
{
    internal static VendorEntry Read(JObject record)
    {
        var fields = new FieldReader<VendorField>(record);
        return new VendorEntry(
            Nfkc.Normalize(fields.Text(VendorField.Mail)).Trim().ToLowerInvariant(),
            fields.Text(VendorField.Company),
            fields.Text(VendorField.Person),
            fields.Text(VendorField.Digest) == Words.Of(nameof(VendorField.Digest), "Yes"));
    }
}
