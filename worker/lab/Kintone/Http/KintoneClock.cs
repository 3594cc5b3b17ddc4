namespace VulnDiag.Lab.Kintone.Http;

/// <summary>The tenant's clock: the given time, cut to the precision in which kintone keeps times.</summary>
internal sealed class KintoneClock(TimeProvider time, TimeSpan precision)
{
    /// <summary>Now, in UTC.</summary>
    public DateTimeOffset Now
    {
        get
        {
            var now = time.GetUtcNow();
            return now.AddTicks(-(now.Ticks % precision.Ticks));
        }
    }
}
