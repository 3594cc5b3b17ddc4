namespace VulnDiag.Lab.Demo;

/// <summary>Where the demo's people find each other.</summary>
public sealed record DemoStage
{
    /// <summary>kintone's address.</summary>
    public required Uri Kintone { get; init; }

    /// <summary>App number of 案件.</summary>
    public required long EngagementApp { get; init; }

    /// <summary>App number of 指摘事項.</summary>
    public required long FindingApp { get; init; }

    /// <summary>App number of ベンダ台帳.</summary>
    public required long VendorApp { get; init; }

    /// <summary>App number of 通信記録.</summary>
    public required long CommunicationApp { get; init; }

    /// <summary>The demo's clock.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>What is played.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>Password of every person: the demo's kintone is on loopback and lives as long as the demo.</summary>
    public required string Password { get; init; }

    /// <summary>Folder with a Maildir per address.</summary>
    public required string MailRoot { get; init; }

    /// <summary>Where hospitals save the reports that they download.</summary>
    public required string ReportRoot { get; init; }

    /// <summary>How long a scan has run when somebody stops it in its midst.</summary>
    internal static readonly TimeSpan InTheMidst = TimeSpan.FromSeconds(4);

    internal DemoWords Words => Scenario.Words;

    internal DateTimeOffset Now => Clock.GetUtcNow();

    internal KintoneUser SignIn(string name) => new(Kintone, name, Password);
}

/// <summary>Somebody who looks what there is to do and does it.</summary>
internal interface IPerson : IDisposable
{
    /// <summary>Does what is due.</summary>
    /// <returns>True when anything was done.</returns>
    Task<bool> ActAsync(CancellationToken cancellationToken);
}
