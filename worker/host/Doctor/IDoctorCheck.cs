using VulnDiag.Worker.Cli;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Doctor;

/// <summary>What a check came to.</summary>
internal enum Verdict
{
    /// <summary>Nothing to mend.</summary>
    Good,

    /// <summary>Somebody should look, the worker runs all the same.</summary>
    Look,

    /// <summary>It must be mended.</summary>
    Mend,
}

/// <summary>What one check found.</summary>
/// <param name="Check">Name of the check.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Words">What is so, and what to mend.</param>
internal sealed record Diagnosis(string Check, Verdict Verdict, string Words);

/// <summary>What checks may look at.</summary>
/// <param name="Settings">Checked settings.</param>
/// <param name="Paths">The worker's files.</param>
/// <param name="Console">Home and clock.</param>
internal sealed record DoctorRoom(Settings Settings, WorkerPaths Paths, VerbConsole Console);

/// <summary>One thing that the doctor looks at. A file each, found by reflection. It mends nothing.</summary>
internal interface IDoctorCheck
{
    /// <summary>Name, as printed.</summary>
    string Name { get; }

    /// <summary>Looks; what the outside world does to it is a diagnosis, not an exception.</summary>
    Task<Diagnosis> LookAsync(DoctorRoom room, CancellationToken cancellationToken);
}
