namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>An SSH log-in can be reached from the internet: safe in transit, yet guessed at day and night.</summary>
internal sealed class SshExposedCheck() : ExposedService("ssh-exposed", qod: 95, "ssh");
