namespace VulnDiag.Worker.Options;

/// <summary>One fault of the settings, in words.</summary>
/// <param name="Key">Key path, such as <c>Mail:Smtp:Port</c>.</param>
/// <param name="Words">What is wrong and what would be right.</param>
internal sealed record SettingsFault(string Key, string Words)
{
    public override string ToString() => $"{Key}: {Words}";
}

/// <summary>The settings cannot be used; carries all faults at once.</summary>
internal sealed class SettingsException(IReadOnlyList<SettingsFault> faults)
    : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<SettingsFault> Faults { get; } = faults;
}
