using VulnDiag.Engine.Authorization;

namespace VulnDiag.Engine.Support;

/// <summary>Authorisations for tests: one hour's window around a fixed instant.</summary>
internal static class Authorizations
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 1, 0, 0, TimeSpan.Zero);

    public static ScanAuthorization For(string address, DateTimeOffset? now = null)
    {
        var at = now ?? Now;
        return new ScanAuthorization
        {
            Id = "A-1",
            Address = address,
            Windows = [new AuthorizedPeriod(at.AddMinutes(-30), at.AddMinutes(30))],
            LeaseExpires = at.AddMinutes(5),
            Budget = new ScanBudget(PerHost: 100_000, Overall: 100_000, Ceiling: 100_000),
            ConsentHash = "0f",
            IssuedBy = "engagement",
            IssuedAt = at,
        };
    }

    public static ScanAuthorization ForLoopback(string address = "127.0.0.1", DateTimeOffset? now = null) =>
        For(address, now) with { AllowedLabRanges = ["127.0.0.0/8"] };
}
