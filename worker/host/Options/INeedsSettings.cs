namespace VulnDiag.Worker.Options;

/// <summary>A section that ships with blanks which the worker cannot run without.</summary>
internal interface INeedsSettings
{
    /// <summary>Names (below the section) of what is still blank.</summary>
    IEnumerable<string> Missing();
}
