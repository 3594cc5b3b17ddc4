namespace VulnDiag.Worker.Cli;

/// <summary>What a verb's process returns. Source: CLI.</summary>
internal static class ExitCode
{
    internal const int Done = 0;
    internal const int Failed = 1;
    internal const int WrongUsage = 2;
}
