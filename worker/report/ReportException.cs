namespace VulnDiag.Report;

/// <summary>A report could not be made. The message says what is wrong and what to do next.</summary>
public sealed class ReportException : Exception
{
    /// <summary>A report could not be made.</summary>
    public ReportException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
