namespace VulnDiag.VulnDb.Feeds;

/// <summary>
/// The plain bytes of a compressed file. They may not become more than any feed's, so that an archive made to fill memory or disk is broken off, nor fewer than the
/// archive says, as a cut one gives them.
/// </summary>
/// <param name="plain">Closed with this one.</param>
/// <param name="compressedLength">Bytes of the compressed file.</param>
/// <param name="atLeast">Bytes that it must become.</param>
internal sealed class LimitedStream(Stream plain, long compressedLength, long atLeast) : ReadOnlyStream
{
    // JSON shrinks to a tenth or a thirtieth.
    private const int MaxRatio = 200;
    private const long AlwaysAllowed = 256L << 20;

    private readonly long limit = Math.Max(AlwaysAllowed, compressedLength * MaxRatio);
    private long passed;

    public override int Read(Span<byte> buffer)
    {
        var read = plain.Read(buffer);
        passed += read;
        if (read == 0 && !buffer.IsEmpty && passed < atLeast) throw new InvalidDataException("The archive was cut: it holds less than it says.");
        return passed <= limit ? read : throw new InvalidDataException($"It becomes more than {MaxRatio} times as long as it is compressed, which no feed does.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) plain.Dispose();
        base.Dispose(disposing);
    }
}
