using System.Text;

namespace VulnDiag.Engine.Probes;

/// <summary>The decisive bytes of an answer as printable text, at most <see cref="MaxLength"/> characters.</summary>
/// <param name="Text">ASCII and line breaks shown as <c>\n</c>; every other byte as <c>\xNN</c>.</param>
internal readonly record struct Evidence(string Text)
{
    /// <summary>Longest text kept.</summary>
    public const int MaxLength = 512;

    /// <summary>Nothing was answered.</summary>
    public static Evidence None { get; } = new("");

    /// <summary>The answer as it came; empty where the text is our own words.</summary>
    public ReadOnlyMemory<byte> Raw { get; private init; }

    /// <summary>Makes bytes printable.</summary>
    public static Evidence Of(ReadOnlyMemory<byte> answer) => new(Printable(answer.Span)) { Raw = answer };

    /// <summary>Makes text printable.</summary>
    public static Evidence Of(string answer) => new(Printable(Encoding.UTF8.GetBytes(answer)));

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var value in bytes)
        {
            var piece = value switch
            {
                (byte)'\n' => "\\n",
                (byte)'\r' => "\\r",
                (byte)'\t' => "\\t",
                >= 0x20 and < 0x7F => ((char)value).ToString(),
                _ => $"\\x{value:x2}",
            };
            if (text.Length + piece.Length > MaxLength) break;
            text.Append(piece);
        }

        return TrimLineEnd(text.ToString());
    }

    private static string TrimLineEnd(string text)
    {
        while (text.EndsWith("\\n", StringComparison.Ordinal) || text.EndsWith("\\r", StringComparison.Ordinal)) text = text[..^2];
        return text;
    }
}
