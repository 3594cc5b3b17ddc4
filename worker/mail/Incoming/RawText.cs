using System.Text;
using MimeKit;

namespace VulnDiag.Mail.Incoming;

/// <summary>Bytes to text, for mails that say their charset, say a wrong one, or say nothing.</summary>
internal static class RawText
{
    private static readonly Encoding Strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Encoding Japanese = JapaneseMail();

    /// <summary>ISO-2022-JP is 7-bit, so that raw headers of old mailers look like ASCII: only its escapes tell.</summary>
    private static ReadOnlySpan<byte> JapaneseEscape => [0x1B, (byte)'$'];

    internal static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (bytes.IndexOf(JapaneseEscape) >= 0) return Japanese.GetString(bytes);
        if (charset is not null && Named(charset) is { } encoding) return encoding.GetString(bytes);
        return Guess(bytes);
    }

    /// <summary>A header, with encoded words decoded; raw bytes in it as in <see cref="Guess"/>.</summary>
    internal static string Decode(Header header)
    {
        if (header.RawValue.AsSpan().IndexOf(JapaneseEscape) >= 0) return header.GetValue(Japanese);
        return header.Value ?? "";
    }

    private static string Guess(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    private static Encoding JapaneseMail()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("iso-2022-jp");
    }

    private static Encoding? Named(string charset)
    {
        try
        {
            return Encoding.GetEncoding(charset.Trim('"', ' '));
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
