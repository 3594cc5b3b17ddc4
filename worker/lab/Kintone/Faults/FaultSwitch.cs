namespace VulnDiag.Lab.Kintone.Faults;

/// <summary>Makes the emulator fail on purpose, for tests. Thread-safe.</summary>
public sealed class FaultSwitch
{
    private readonly Lock _lock = new();
    private readonly List<(Fault Fault, int? Left)> _faults = [];

    /// <summary>Adds a fault behind those already waiting.</summary>
    public void Add(Fault fault)
    {
        lock (_lock) _faults.Add((fault, fault.Times));
    }

    /// <summary>Takes all faults away.</summary>
    public void Clear()
    {
        lock (_lock) _faults.Clear();
    }

    /// <summary>The fault for a request, counted down; null for none.</summary>
    internal Fault? Take(string method, string path)
    {
        lock (_lock)
        {
            var index = _faults.FindIndex(entry => Matches(entry.Fault, method, path));
            if (index < 0) return null;
            var (fault, left) = _faults[index];
            if (left is 1) _faults.RemoveAt(index);
            else if (left is { } count) _faults[index] = (fault, count - 1);
            return fault;
        }
    }

    private static bool Matches(Fault fault, string method, string path) =>
        (fault.Method is null || fault.Method == method)
        && (fault.PathContains is null || path.Contains(fault.PathContains, StringComparison.Ordinal));
}
