using VulnDiag.VulnDb.Store;
using VulnDiag.Worker.Cli;

namespace VulnDiag.Worker.Doctor;

/// <summary>Whether there is a vulnerability database, and how old it is: without one, scans tell no vulnerabilities of versions.</summary>
internal sealed class VulnDbCheck : IDoctorCheck
{
    public string Name => "vulnerability database";

    public Task<Diagnosis> LookAsync(DoctorRoom room, CancellationToken cancellationToken) => Task.FromResult(Look(room));

    private Diagnosis Look(DoctorRoom room)
    {
        var file = room.Paths.VulnDb;
        if (!File.Exists(file)) return new Diagnosis(Name, Verdict.Look, $"There is none at {file}: no version found is matched with known vulnerabilities, and reports say so. Load one with: vulndb update");
        try
        {
            using var database = VulnDatabase.Open(file);
            var warnings = VulndbStatus.Warnings(database, room.Console.Time.GetUtcNow());
            return warnings.Count == 0
                ? new Diagnosis(Name, Verdict.Good, $"{file} holds {database.Status().Sum(static feed => feed.Records)} records, and every feed is fresh.")
                : new Diagnosis(Name, Verdict.Look, string.Join(' ', warnings));
        }
        catch (InvalidDataException fault)
        {
            return new Diagnosis(Name, Verdict.Mend, fault.Message);
        }
    }
}
