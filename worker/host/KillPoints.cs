namespace VulnDiag.Worker;

/// <summary>Named points between two steps that must survive a kill. Nothing happens there, but tests end the worker at each.</summary>
internal sealed class KillPoints
{
    /// <summary>Called with the point's name; a test throws.</summary>
    internal Action<string> Reached { get; init; } = static _ => { };

    internal void At(string point) => Reached(point);
}
