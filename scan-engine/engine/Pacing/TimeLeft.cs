namespace VulnDiag.Engine.Pacing;

/// <summary>How long a stage will still take, from the pace of its last seconds: a host that begins to limit its answers changes it soon.</summary>
/// <remarks>Not thread-safe. The pace is measured over the last 15 to 30 seconds, or since the start where that is less.</remarks>
internal sealed class TimeLeft(TimeProvider time)
{
    private static readonly TimeSpan HalfWindow = TimeSpan.FromSeconds(15);

    private (long At, int Done)? _older;
    private (long At, int Done) _newer;

    /// <summary>Takes what is done by now.</summary>
    /// <returns>Null while nothing has been done that a pace could be told from.</returns>
    public TimeSpan? After(int done, int total)
    {
        var now = (At: time.GetTimestamp(), Done: done);
        if (_older is null) (_older, _newer) = (now, now);
        else if (time.GetElapsedTime(_newer.At, now.At) >= HalfWindow) (_older, _newer) = (_newer, now);
        var made = done - _older.Value.Done;
        if (done >= total) return TimeSpan.Zero;
        return made <= 0 ? null : time.GetElapsedTime(_older.Value.At, now.At) * ((double)(total - done) / made);
    }
}
