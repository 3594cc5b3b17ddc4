using VulnDiag.Domain.Data;

namespace VulnDiag.Domain.Mailing;

/// <summary>Codes and names of <see cref="MailKind"/>.</summary>
public static class MailKinds
{
    private static readonly Dictionary<MailKind, (string Code, string Name)> Rows =
        EmbeddedCsv.Rows("Mailing.mail-kinds.ja.csv").ToDictionary(
            static row => Enum.Parse<MailKind>(row["kind"]),
            static row => (row["code"], row["name"]));

    /// <summary>Three letters, as in <c>[VD-000123-SIL]</c>.</summary>
    public static string Code(this MailKind kind) => Rows[kind].Code;

    /// <summary>The name that people use.</summary>
    public static string NameJa(this MailKind kind) => Rows[kind].Name;

    /// <summary>Reads a three-letter code; null when it is none of ours.</summary>
    public static MailKind? FromCode(string code)
    {
        foreach (var (kind, row) in Rows)
        {
            if (string.Equals(row.Code, code, StringComparison.OrdinalIgnoreCase)) return kind;
        }

        return null;
    }

    /// <summary>The reference in the subject, without brackets: <c>VD-000123-SIL</c>.</summary>
    public static string Reference(EngagementId engagement, MailKind kind) => $"VD-{engagement}-{kind.Code()}";
}
