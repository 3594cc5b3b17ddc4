using System.Buffers;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>Cuts a stream of JSON into its values without reading more than one at a time into memory.</summary>
/// <remarks>It only finds where a value ends, by brackets and quotes; whether the value is well-formed is for the parser to say, value by value.</remarks>
internal sealed class JsonScanner(Stream stream)
{
    private const int FirstLength = 1 << 18;

    // The largest record of NVD has some four megabytes.
    private const int LongestValue = 64 << 20;

    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> EndOfScalar = SearchValues.Create(",]} \t\r\n"u8);

    private byte[] buffer = new byte[FirstLength];
    private int position;
    private int filled;
    private bool ended;

    /// <summary>The next byte that is no white space, which stays unread; -1 at the end.</summary>
    /// <exception cref="FeedException">The stream cannot be read.</exception>
    internal int Peek()
    {
        while (true)
        {
            for (; position < filled; position++)
            {
                // A byte order mark, and what some mirrors pad their files with, are no content either.
                if (buffer[position] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0 or 0xEF or 0xBB or 0xBF)) return buffer[position];
            }

            if (!Fill(keepFrom: position)) return -1;
        }
    }

    /// <summary>Passes the byte that <see cref="Peek"/> showed.</summary>
    internal void Pass() => position++;

    /// <summary>The value that begins at the byte that <see cref="Peek"/> showed; valid until the next call.</summary>
    /// <exception cref="FeedException">The stream ends within it, or it is longer than any record.</exception>
    internal ReadOnlyMemory<byte> Value()
    {
        var end = buffer[position] is (byte)'{' or (byte)'[' or (byte)'"' ? EndOfStructure(keep: true) : EndOfPlain();
        var value = buffer.AsMemory(position, end - position);
        position = end;
        return value;
    }

    /// <summary>Passes over a value of any length.</summary>
    internal void Skip() => position = buffer[position] is (byte)'{' or (byte)'[' or (byte)'"' ? EndOfStructure(keep: false) : EndOfPlain();

    private int EndOfStructure(bool keep)
    {
        var (at, depth) = (position, 0);
        while (true)
        {
            var next = buffer.AsSpan(at, filled - at).IndexOfAny(Structure);
            if (next < 0)
            {
                at = filled;
                More(ref at, keep);
                continue;
            }

            at += next;
            switch (buffer[at++])
            {
                case (byte)'"':
                    at = EndOfText(at, keep);
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    continue;
                default:
                    depth--;
                    break;
            }

            if (depth <= 0) return at;
        }
    }

    /// <summary>Behind the closing quote.</summary>
    private int EndOfText(int at, bool keep)
    {
        while (true)
        {
            var next = buffer.AsSpan(at, filled - at).IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                at = filled;
                More(ref at, keep);
                continue;
            }

            at += next + 1;
            if (buffer[at - 1] == (byte)'"') return at;
            if (at == filled) More(ref at, keep);
            at++;
        }
    }

    private int EndOfPlain()
    {
        var at = position;
        while (true)
        {
            var next = buffer.AsSpan(at, filled - at).IndexOfAny(EndOfScalar);
            // At least one byte is passed, whatever it is, so that a loop over values comes to an end.
            if (next >= 0) return Math.Max(at + next, position + 1);
            at = filled;
            if (!Refill(ref at, keep: true)) return filled;
        }
    }

    private void More(ref int at, bool keep)
    {
        if (!Refill(ref at, keep)) throw new FeedException("The file is broken: it ends in the middle.", new EndOfStreamException());
    }

    private bool Refill(ref int at, bool keep)
    {
        var from = keep ? position : at;
        if (keep && filled - position >= LongestValue) throw new FeedException("The file is broken: a value in it has no end.", new InvalidDataException());
        var more = Fill(from);
        at -= from;
        return more;
    }

    /// <summary>Reads on, keeping what lies behind <paramref name="keepFrom"/>, which moves to the beginning.</summary>
    private bool Fill(int keepFrom)
    {
        buffer.AsSpan(keepFrom, filled - keepFrom).CopyTo(buffer);
        filled -= keepFrom;
        position = 0;
        if (ended) return false;
        if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        try
        {
            var read = stream.ReadAtLeast(buffer.AsSpan(filled), 1, throwOnEndOfStream: false);
            filled += read;
            ended = read == 0;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new FeedException($"The file is broken: {exception.Message}", exception);
        }

        return !ended;
    }
}
