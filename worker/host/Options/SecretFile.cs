namespace VulnDiag.Worker.Options;

/// <summary>A secret in a file that only its owner can read.</summary>
internal static class SecretFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The secret from the environment where it is set, else the first line of the file.</summary>
    /// <exception cref="SettingsException">The file is missing, unreadable, empty or open to others.</exception>
    internal static string Read(string fromEnvironment, string file, string key)
    {
        if (fromEnvironment.Length > 0) return fromEnvironment;
        if (file.Length == 0) return "";
        if (!File.Exists(file)) throw Fault(key, $"the file {file} does not exist.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0)
            throw Fault(key, $"the file {file} can be read by others. Run: chmod 600 {file}");
        var secret = File.ReadLines(file).FirstOrDefault() ?? "";
        return secret.Length > 0 ? secret : throw Fault(key, $"the file {file} is empty.");
    }

    private static SettingsException Fault(string key, string words) => new([new SettingsFault($"{key}File", words)]);
}
