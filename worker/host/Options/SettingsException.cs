namespace VulnDiag.Worker.Options;

/// <summary>One fault of the settings, in words.</summary>
/// <param name="Key">Key path, such as <c>Mail:Smtp:Port</c>.</param>
/// <param name="Words">What is wrong and what would be right.</param>
/// <param name="Blank">True where nothing is wrong but that it is blank.</param>
internal sealed record SettingsFault(string Key, string Words, bool Blank = false)
{
    public override string ToString() => $"{Key}: {Words}";
}

/// <summary>The settings cannot be used; carries all faults at once. A line per fault; what is merely blank is one sentence.</summary>
internal sealed class SettingsException(IReadOnlyList<SettingsFault> faults)
    : Exception(string.Join(Environment.NewLine, Lines(faults)))
{
    public IReadOnlyList<SettingsFault> Faults { get; } = faults;

    /// <summary>What to do about settings that are blank.</summary>
    internal static string OfBlanks(IEnumerable<SettingsFault> blanks) =>
        $"Blank, and needed: {string.Join(", ", blanks.Select(static fault => fault.Key))}. Set them in appsettings.json or as {SettingsLoader.EnvironmentPrefix}Section__Key; secrets in the environment or in a 0600 file alone.";

    private static IEnumerable<string> Lines(IReadOnlyList<SettingsFault> faults)
    {
        foreach (var fault in faults.Where(static fault => !fault.Blank)) yield return fault.ToString();
        var blanks = faults.Where(static fault => fault.Blank).ToList();
        if (blanks.Count > 0) yield return OfBlanks(blanks);
    }
}
