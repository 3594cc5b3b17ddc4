using System.Globalization;
using System.Text;

namespace VulnDiag.Engine.Probes.Wire;

/// <summary>A reply of SMTP or FTP: a number of three digits and one or more lines.</summary>
/// <param name="Code">The number.</param>
/// <param name="Lines">The lines without the number.</param>
/// <param name="Raw">As it was sent, Latin-1.</param>
/// <remarks>Source: RFC 5321 section 4.2.1, RFC 959 section 4.2 (the last line repeats the number, followed by a space).</remarks>
internal sealed record ServerReply(int Code, IReadOnlyList<string> Lines, string Raw)
{
    /// <summary>Code of something that is no reply.</summary>
    public const int NoReply = -1;

    private const int MaxLines = 100;
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    /// <summary>The lines as one text.</summary>
    public string Text => string.Join('\n', Lines);

    /// <summary>True for 2xx and 3xx.</summary>
    public bool Positive => Code is >= 200 and < 400;

    /// <summary>Reads one reply.</summary>
    /// <returns>Null when nothing came; with the code <see cref="NoReply"/> when what came is no such reply.</returns>
    public static async ValueTask<ServerReply?> ReadAsync(ProbeLink link, CancellationToken cancellationToken)
    {
        var raw = new StringBuilder();
        var lines = new List<string>();
        var code = NoReply;
        for (var i = 0; i < MaxLines; i++)
        {
            var line = Encoding.Latin1.GetString((await link.ReadUntilAsync(LineEnd, cancellationToken)).Span);
            raw.Append(line);
            if (!line.EndsWith('\n')) return raw.Length == 0 ? null : new ServerReply(NoReply, lines, raw.ToString());
            line = line.TrimEnd('\r', '\n');
            if (code < 0 && !TryCode(line, out code)) return new ServerReply(NoReply, lines, raw.ToString());
            var numbered = TryCode(line, out var own) && own == code;
            lines.Add(numbered ? line[Math.Min(4, line.Length)..] : line.TrimStart());
            if (numbered && (line.Length == 3 || line[3] == ' ')) return new ServerReply(code, lines, raw.ToString());
        }

        return new ServerReply(NoReply, lines, raw.ToString());
    }

    private static bool TryCode(string line, out int code)
    {
        code = NoReply;
        return line.Length >= 3
            && (line.Length == 3 || line[3] is ' ' or '-')
            && int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out code);
    }
}
