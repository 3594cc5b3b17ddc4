namespace VulnDiag.Report.Pdf;

/// <summary>The processes that this one started, as Linux tells them.</summary>
internal sealed record ProcessTree(int Id, string CommandLine, string Environment, int UserId, bool Filtered)
{
    /// <summary>All descendants of this process that run a browser.</summary>
    internal static IReadOnlyList<ProcessTree> Browsers()
    {
        var all = Directory.EnumerateDirectories("/proc").Select(static path => int.TryParse(Path.GetFileName(path), out var id) ? Status(id) : null)
            .OfType<Dictionary<string, string>>().ToDictionary(static status => int.Parse(status["Pid"], null));
        return
        [
            .. all.Where(pair => pair.Value["Name"].StartsWith("chrom", StringComparison.Ordinal) && IsOurs(pair.Key, all))
                .Select(static pair => new ProcessTree(
                    pair.Key,
                    Read($"/proc/{pair.Key}/cmdline").Replace('\0', ' '),
                    Read($"/proc/{pair.Key}/environ"),
                    int.Parse(pair.Value["Uid"].Split('\t')[0], null),
                    pair.Value["Seccomp"] == "2"))
                // What has ended and waits to be reaped has no command line.
                .Where(static process => process.CommandLine.Length > 0),
        ];
    }

    private static bool IsOurs(int id, Dictionary<int, Dictionary<string, string>> all)
    {
        while (all.TryGetValue(id, out var status) && id > 1)
        {
            if (id == System.Environment.ProcessId) return true;
            id = int.Parse(status["PPid"], null);
        }

        return false;
    }

    private static Dictionary<string, string>? Status(int id)
    {
        var lines = Read($"/proc/{id}/status").Split('\n').Select(static line => line.Split(':', 2)).Where(static pair => pair.Length == 2)
            .ToDictionary(static pair => pair[0], static pair => pair[1].Trim());
        return lines.ContainsKey("PPid") ? lines : null;
    }

    // A process may end while its files are being read.
    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
