namespace VulnDiag.Lab.Kintone.Errors;

/// <summary>Validation faults of one request, by the path that kintone shows under <c>errors</c>.</summary>
internal sealed class FaultList
{
    private readonly List<(string Path, MessageId Message, object[] Arguments)> _faults = [];

    /// <summary>The faults in the order they were found.</summary>
    public IReadOnlyList<(string Path, MessageId Message, object[] Arguments)> All => _faults;

    /// <summary>Adds a fault.</summary>
    public void Add(string path, MessageId message, params object[] arguments) => _faults.Add((path, message, arguments));

    /// <summary>Refuses the request when there is any fault.</summary>
    /// <exception cref="Refusal">CB_VA01 with all faults.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0) throw new Refusal(400, "CB_VA01", MessageId.InvalidInput) { Faults = this };
    }
}
