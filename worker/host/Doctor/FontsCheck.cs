namespace VulnDiag.Worker.Doctor;

/// <summary>Whether the fonts of the reports are there.</summary>
internal sealed class FontsCheck : IDoctorCheck
{
    private static readonly string[] Folders = ["/usr/share/fonts", "/usr/local/share/fonts"];

    public string Name => "fonts";

    public Task<Diagnosis> LookAsync(DoctorRoom room, CancellationToken cancellationToken)
    {
        var found = Folders.Where(Directory.Exists)
            .SelectMany(static folder => Directory.EnumerateFiles(folder, "BIZUD*Gothic*.ttf", SearchOption.AllDirectories))
            .Any();
        return Task.FromResult(found
            ? new Diagnosis(Name, Verdict.Good, "The BIZ UDGothic fonts are installed.")
            : new Diagnosis(Name, Verdict.Mend, "The BIZ UDGothic fonts are missing, so reports would be set in other ones. Install Debian's package fonts-morisawa-bizud-gothic."));
    }
}
