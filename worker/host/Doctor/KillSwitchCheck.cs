namespace VulnDiag.Worker.Doctor;

/// <summary>Whether the kill switch is on.</summary>
internal sealed class KillSwitchCheck : IDoctorCheck
{
    public string Name => "kill switch";

    public Task<Diagnosis> LookAsync(DoctorRoom room, CancellationToken cancellationToken) => Task.FromResult(room.Paths.KillSwitchIsOn
        ? new Diagnosis(Name, Verdict.Look, $"It is on: no packet leaves while {room.Paths.KillSwitch} exists.")
        : new Diagnosis(Name, Verdict.Good, $"It is off. To stop every scan at once: touch {room.Paths.KillSwitch}"));
}
