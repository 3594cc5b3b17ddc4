namespace VulnDiag.Worker.Cli;

/// <summary>A verb cannot do what it was asked; the message says what is wrong and what to do next.</summary>
internal sealed class VerbFailure(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    internal int ExitCode { get; } = exitCode;
}
