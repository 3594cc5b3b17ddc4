using VulnDiag.Lab.Portal;

namespace VulnDiag.Lab.Kintone;

/// <summary>How an emulator runs.</summary>
public sealed record KintoneEmulatorOptions
{
    /// <summary>The port on 127.0.0.1 and ::1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The folder that holds everything; null keeps it in memory and forgets it at the end.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The clock behind creation and update times, NOW() and the like.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How finely times are kept. kintone is said to cut record times to the minute in places; a second is the lab's default.</summary>
    public TimeSpan TimePrecision { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a deployment takes, in real time.</summary>
    public TimeSpan DeploymentDuration { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>The pages beside the REST API.</summary>
    public PortalOptions Portal { get; init; } = new();

    /// <summary>Users to begin with. One that the data folder already knows gets the password and groups given here.</summary>
    public IReadOnlyList<EmulatorUser> Users { get; init; } = [];
}
