using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Doctor;

/// <summary>Whether anything that was to be done failed or is in doubt.</summary>
internal sealed class OutboxCheck : IDoctorCheck
{
    public string Name => "outbox";

    public async Task<Diagnosis> LookAsync(DoctorRoom room, CancellationToken cancellationToken)
    {
        if (!Database.IsAt(room.Paths.Data)) return new Diagnosis(Name, Verdict.Good, "The worker has not run here yet.");
        var database = Database.ToRead(room.Paths.Data);
        var counts = await Outbox.CountAsync(database, cancellationToken);
        var bad = counts.GetValueOrDefault("failed") + counts.GetValueOrDefault("doubtful");
        var open = counts.GetValueOrDefault("released") + counts.GetValueOrDefault("prepared");
        return bad == 0
            ? new Diagnosis(Name, Verdict.Good, $"{open} effects wait, {counts.GetValueOrDefault("done")} are done, none failed.")
            : new Diagnosis(Name, Verdict.Look, $"{counts.GetValueOrDefault("failed")} effects failed and {counts.GetValueOrDefault("doubtful")} are in doubt; the communication app names them.");
    }
}
