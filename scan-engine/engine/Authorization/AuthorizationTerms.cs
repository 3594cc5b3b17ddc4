using System.Net;

namespace VulnDiag.Engine.Authorization;

/// <summary>Whether the terms of an authorisation cover a packet that would leave now. Pure; asked before every burst.</summary>
internal static class AuthorizationTerms
{
    /// <summary>The authorisation's clock: the real one, moved by the offset for loopback targets only.</summary>
    public static DateTimeOffset Clock(ScanAuthorization authorization, DateTimeOffset realNow) =>
        IPAddress.IsLoopback(IPAddress.Parse(authorization.Address)) ? realNow + authorization.ClockOffset : realNow;

    /// <summary>Judges kill switch, target, lease, window and times to avoid.</summary>
    /// <param name="authorization">The lease in force; its signature has been verified.</param>
    /// <param name="guard">The process's own rules on addresses.</param>
    /// <param name="realNow">The engine's clock.</param>
    /// <returns>Null when a packet may leave.</returns>
    public static Halt? Refuse(ScanAuthorization authorization, TargetGuard guard, DateTimeOffset realNow)
    {
        if (authorization.KillSwitch) return new Halt(HaltKind.StopNow, "kill-switch", "The kill switch is on.");
        if (guard.Refuse(IPAddress.Parse(authorization.Address), authorization.Exclusions, authorization.AllowedLabRanges) is { } refusal)
            return new Halt(HaltKind.StopNow, refusal.Word, refusal.Words);
        var now = Clock(authorization, realNow);
        if (now >= authorization.LeaseExpires)
            return new Halt(HaltKind.WindowOrLeaseOver, "lease-expired", $"The authorisation ended at {authorization.LeaseExpires:O} and was not renewed.");
        if (authorization.Windows.FirstOrDefault(period => period.Holds(now)) is null) return OutsideWindow(authorization, now);
        return authorization.Avoid.FirstOrDefault(period => period.Holds(now)) is { } avoided
            ? new Halt(HaltKind.WindowOrLeaseOver, "time-to-avoid", $"Until {avoided.To:O} no packet may leave.")
            : null;
    }

    private static Halt OutsideWindow(ScanAuthorization authorization, DateTimeOffset now)
    {
        var next = authorization.Windows.Where(period => period.From > now).MinBy(static period => period.From);
        return next is null
            ? new Halt(HaltKind.WindowOrLeaseOver, "window-closed", $"The last window ended at {authorization.Windows.Max(static period => period.To):O}.")
            : new Halt(HaltKind.WindowOrLeaseOver, "window-not-open", $"The next window opens at {next.From:O}.");
    }
}
