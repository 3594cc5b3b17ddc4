using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Doctor;

/// <summary>Whether anything is blank that the worker cannot run without.</summary>
internal sealed class SettingsCheck : IDoctorCheck
{
    public string Name => "settings";

    public Task<Diagnosis> LookAsync(DoctorRoom room, CancellationToken cancellationToken)
    {
        var missing = SettingsLoader.Missing(room.Settings).ToList();
        return Task.FromResult(missing.Count == 0
            ? new Diagnosis(Name, Verdict.Good, "Every setting that the worker needs is there.")
            : new Diagnosis(Name, Verdict.Mend, SettingsException.OfBlanks(missing)));
    }
}
