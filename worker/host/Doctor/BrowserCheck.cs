namespace VulnDiag.Worker.Doctor;

/// <summary>Whether the browser that prints reports is there.</summary>
internal sealed class BrowserCheck : IDoctorCheck
{
    private const string Debians = "/usr/bin/chromium";

    public string Name => "browser";

    public Task<Diagnosis> LookAsync(DoctorRoom room, CancellationToken cancellationToken)
    {
        var browser = room.Settings.Report.Chromium is { Length: > 0 } named ? named : Debians;
        return Task.FromResult(File.Exists(browser)
            ? new Diagnosis(Name, Verdict.Good, $"Reports are printed by {browser}.")
            : new Diagnosis(Name, Verdict.Mend, $"There is no {browser}, so no report can be printed. Install Debian's package chromium, or name a browser by Report:Chromium."));
    }
}
