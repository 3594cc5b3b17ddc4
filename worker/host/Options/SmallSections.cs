using System.ComponentModel.DataAnnotations;

namespace VulnDiag.Worker.Options;

/// <summary>The key that authorisations are signed with. It stays with the worker; scans get the public half.</summary>
internal sealed record SigningOptions
{
    /// <summary>File of the key pair; made with mode 0600 on first use.</summary>
    [Required]
    public string KeyFile { get; init; } = "data/signing-key.pem";
}

/// <summary>Lead times of the process.</summary>
internal sealed record ProcessOptions
{
    /// <summary>How long before a window the same-day check starts.</summary>
    [Range(1, 24)]
    public int SameDayLeadHours { get; init; } = 12;

    /// <summary>How long before a window the same-day answer is due.</summary>
    [Range(0, 720)]
    public int SameDayDeadlineMinutes { get; init; } = 30;

    /// <summary>Rounds of silence before the coordinator decides.</summary>
    [Range(1, 10)]
    public int SilenceRounds { get; init; } = 2;

    /// <summary>At which hour of a business day the requests to a vendor who wants one mail a day go out, in Japan.</summary>
    [Range(9, 17)]
    public int DigestHour { get; init; } = 16;
}

/// <summary>How often the worker looks at kintone and at the mailbox.</summary>
internal sealed record ScheduleOptions
{
    /// <summary>From round to round while nothing is being scanned.</summary>
    [Range(5, 3600)]
    public int IdleSeconds { get; init; } = 60;

    /// <summary>From round to round while a scan runs. A stop must be seen within 30 s, the ring before and the round itself included.</summary>
    [Range(1, 28)]
    public int ScanningSeconds { get; init; } = 25;
}

/// <summary>How reports are printed.</summary>
internal sealed record ReportOptions
{
    /// <summary>The browser; empty looks for Debian's.</summary>
    public string Chromium { get; init; } = "";

    /// <summary>The unprivileged user that the browser runs as when the worker is root; empty looks for one.</summary>
    public string ChromiumUser { get; init; } = "";
}

/// <summary>The vulnerability database.</summary>
internal sealed record VulnDbOptions
{
    /// <summary>Its file.</summary>
    [Required]
    public string Database { get; init; } = "data/vulndb.sqlite";

    /// <summary>Addresses of feed files, which <c>vulndb update</c> without a folder fetches; none is off.</summary>
    [FeedAddressList]
    public IReadOnlyList<string> Feeds { get; init; } = [];

    /// <summary>How long fetching one feed may take.</summary>
    [Range(1, 7200)]
    public int FeedTimeoutSeconds { get; init; } = 600;

    /// <summary>How large one feed may be as it is served.</summary>
    [Range(1, 4096)]
    public int FeedMegabytes { get; init; } = 1024;

    internal IReadOnlyList<Uri> FeedAddresses => [.. Feeds.Select(static text => new Uri(text))];
}

/// <summary>Where the worker keeps what it must not forget.</summary>
internal sealed record StoreOptions
{
    /// <summary>Folder of the outbox, the audit log and the scans. Workers that share it share the work.</summary>
    [Required]
    public string Folder { get; init; } = "data";
}

/// <summary>Health and metrics endpoints, on loopback only.</summary>
internal sealed record HealthOptions
{
    /// <summary>TCP port; 0 is off.</summary>
    [Range(0, 65535)]
    public int Port { get; init; }
}

/// <summary>How much is logged, on standard error.</summary>
internal sealed record LoggingOptions
{
    /// <summary>Least serious level that is written.</summary>
    public LogDetail Level { get; init; } = LogDetail.Information;
}

/// <summary>Levels of the log.</summary>
internal enum LogDetail
{
    /// <summary>Every decision.</summary>
    Debug,

    /// <summary>What happened.</summary>
    Information,

    /// <summary>What somebody should look at.</summary>
    Warning,

    /// <summary>What failed.</summary>
    Error,
}
