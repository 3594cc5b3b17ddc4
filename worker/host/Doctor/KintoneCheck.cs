using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Stores;
using VulnDiag.Worker.Composition;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Doctor;

/// <summary>Whether the worker can sign in, finds its apps, reads them, and whether they have drifted from their definitions.</summary>
internal sealed class KintoneCheck : IDoctorCheck
{
    public string Name => "kintone";

    public async Task<Diagnosis> LookAsync(DoctorRoom room, CancellationToken cancellationToken)
    {
        try
        {
            using var client = KintoneDoor.Open(room.Settings, room.Console.Home, room.Console.Time);
            var apps = KintoneDoor.Apps(client, room.Settings.Kintone.Url, room.Settings.Kintone, room.Console.Home);
            await new ExclusionStore(client, await apps.IdsAsync(cancellationToken)).LoadAsync(cancellationToken);
            return await DriftAsync(apps, cancellationToken);
        }
        catch (SettingsException fault)
        {
            return new Diagnosis(Name, Verdict.Mend, $"Not set up yet: {fault.Faults[0].Key} {fault.Faults[0].Words}");
        }
        catch (Exception fault) when (fault is KintoneException or InvalidOperationException or InvalidDataException or ArgumentException)
        {
            return new Diagnosis(Name, Verdict.Mend, fault.Message.ReplaceLineEndings(" "));
        }
    }

    private async Task<Diagnosis> DriftAsync(VulnDiag.Kintone.Apps.AppsAsCode apps, CancellationToken cancellationToken)
    {
        try
        {
            var check = await apps.CheckAsync(cancellationToken);
            return check.Sound
                ? new Diagnosis(Name, Verdict.Good, "The worker can sign in, and the apps are as they are defined.")
                : new Diagnosis(Name, Verdict.Mend, $"The apps have drifted from their definitions: {string.Join(" ", check.Lines)} Run 'vulndiag apps plan'.");
        }
        catch (KintoneException refused) when (!refused.Transient)
        {
            return new Diagnosis(Name, Verdict.Look, "The worker can sign in and read. It may not read the apps' settings (nor need it), so have an administrator run 'vulndiag apps check' for drift.");
        }
    }
}
