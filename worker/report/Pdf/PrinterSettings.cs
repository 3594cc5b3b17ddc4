namespace VulnDiag.Report.Pdf;

/// <summary>Where the browser is and whom it runs as (appsettings section <c>Report</c>).</summary>
public sealed record PrinterSettings
{
    /// <summary>Path of Chromium; null or empty for <c>/usr/bin/chromium</c>.</summary>
    public string? Chromium { get; init; }

    /// <summary>
    /// The unprivileged user that the browser runs as when this process is root; null or empty for <c>vulndiag-print</c>, else <c>nobody</c>.
    /// Without meaning when this process is not root.
    /// </summary>
    public string? ChromiumUser { get; init; }
}
