namespace VulnDiag.Worker.Doctor;

/// <summary>Whether the data folder can be written to and has room.</summary>
internal sealed class DiskCheck : IDoctorCheck
{
    private const long LeastBytes = 1L << 30;
    private const long BytesPerMegabyte = 1L << 20;

    public string Name => "disk";

    public async Task<Diagnosis> LookAsync(DoctorRoom room, CancellationToken cancellationToken)
    {
        var folder = room.Paths.Data;
        try
        {
            if (!Directory.Exists(folder)) return new Diagnosis(Name, Verdict.Good, $"{folder} is not there yet; the worker makes it.");
            var probe = Path.Combine(folder, $".doctor-{Guid.NewGuid():N}");
            await File.WriteAllTextAsync(probe, "room", cancellationToken);
            File.Delete(probe);
            var free = new DriveInfo(folder).AvailableFreeSpace;
            return free >= LeastBytes
                ? new Diagnosis(Name, Verdict.Good, $"{folder} has {free / BytesPerMegabyte} MB of room.")
                : new Diagnosis(Name, Verdict.Mend, $"{folder} has only {free / BytesPerMegabyte} MB of room; make it at least {LeastBytes / BytesPerMegabyte} MB.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Diagnosis(Name, Verdict.Mend, $"{folder} cannot be written to: {fault.Message}");
        }
    }
}
