using System.Globalization;
using VulnDiag.Domain.Scheduling;

namespace VulnDiag.Worker.Doctor;

/// <summary>Whether the machine's clock is kept right: windows, leases and deadlines are read off it.</summary>
internal sealed class ClockCheck : IDoctorCheck
{
    private const string Synchronised = "/run/systemd/timesync/synchronized";

    public string Name => "clock";

    public Task<Diagnosis> LookAsync(DoctorRoom room, CancellationToken cancellationToken)
    {
        var now = room.Console.Time.GetUtcNow();
        var built = new DateTimeOffset(File.GetLastWriteTimeUtc(typeof(ClockCheck).Assembly.Location), TimeSpan.Zero);
        var said = Jst.Of(now).ToString("yyyy-MM-dd HH:mm:ss 'JST'", CultureInfo.InvariantCulture);
        if (now < built.AddDays(-1)) return Task.FromResult(new Diagnosis(Name, Verdict.Mend, $"The clock says {said}, which is before this program was built. Set it, and keep it by NTP."));
        return Task.FromResult(File.Exists(Synchronised) || Directory.Exists("/run/chrony")
            ? new Diagnosis(Name, Verdict.Good, $"The clock is kept by NTP and says {said}.")
            : new Diagnosis(Name, Verdict.Look, $"The clock says {said}; whether NTP keeps it cannot be seen from here. See that it does."));
    }
}
