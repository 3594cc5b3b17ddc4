namespace VulnDiag.Worker.Options;

/// <summary>Every setting: a property per section of appsettings.json.</summary>
internal sealed record Settings
{
    /// <summary>Who runs the diagnosis, as mails and reports name it.</summary>
    public OperatorOptions Operator { get; init; } = new();

    /// <summary>Where the records are.</summary>
    public KintoneOptions Kintone { get; init; } = new();

    /// <summary>How mail goes out and comes in.</summary>
    public MailOptions Mail { get; init; } = new();

    /// <summary>How scans behave.</summary>
    public ScanOptions Scan { get; init; } = new();

    /// <summary>The key that authorisations are signed with.</summary>
    public SigningOptions Signing { get; init; } = new();

    /// <summary>Lead times of the process.</summary>
    public ProcessOptions Process { get; init; } = new();

    /// <summary>How often the worker looks.</summary>
    public ScheduleOptions Schedule { get; init; } = new();

    /// <summary>How reports are printed.</summary>
    public ReportOptions Report { get; init; } = new();

    /// <summary>The vulnerability database.</summary>
    public VulnDbOptions VulnDb { get; init; } = new();

    /// <summary>Where the worker keeps what it must not forget.</summary>
    public StoreOptions Store { get; init; } = new();

    /// <summary>Health and metrics endpoints.</summary>
    public HealthOptions Health { get; init; } = new();

    /// <summary>How much is logged.</summary>
    public LoggingOptions Logging { get; init; } = new();
}
