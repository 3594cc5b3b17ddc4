namespace VulnDiag.Worker.Options;

/// <summary>Who runs the diagnosis. The names are shown to hospitals and vendors.</summary>
internal sealed record OperatorOptions : INeedsSettings
{
    /// <summary>Name of the organisation.</summary>
    public string Name { get; init; } = "";

    /// <summary>Department that answers questions.</summary>
    public string Department { get; init; } = "";

    /// <summary>Mail address for questions.</summary>
    [MailAddressText]
    public string Mail { get; init; } = "";

    /// <summary>Phone number for questions and for stopping a scan.</summary>
    public string Phone { get; init; } = "";

    public IEnumerable<string> Missing()
    {
        if (Name.Length == 0) yield return nameof(Name);
        if (Mail.Length == 0) yield return nameof(Mail);
        if (Phone.Length == 0) yield return nameof(Phone);
    }
}
