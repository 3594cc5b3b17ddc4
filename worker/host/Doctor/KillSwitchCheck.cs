namespace VulnDiag.Worker.Doctor;

/// <summary>Whether the kill switch is on.</summary>
internal sealed class KillSwitchCheck : IDoctorCheck
{
    public string Name => "kill switch";

    public Task<Diagnosis> LookAsync(DoctorRoom room, CancellationToken cancellationToken)
    {
        var file = room.Paths.KillSwitch;
        var folder = Path.GetDirectoryName(file)!;
        var isSomewhere = Directory.Exists(folder) || folder == room.Paths.Data;
        return Task.FromResult(room.Paths.KillSwitchIsOn ? new Diagnosis(Name, Verdict.Look, $"It is on: no packet leaves while {file} exists.")
            : isSomewhere ? new Diagnosis(Name, Verdict.Good, $"It is off. To stop every scan at once: touch {file}")
            : new Diagnosis(Name, Verdict.Mend, $"There is no folder {folder}, so nobody could switch it on: make it, or mend Scan:KillSwitchFile."));
    }
}
