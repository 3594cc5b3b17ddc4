using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VulnDiag.VulnDb.Bench;

/// <summary>Writes yearly files of NVD's form: genuine records under new ids, as many as are asked for, and made-up ones of the Linux kernel.</summary>
internal static class Records
{
    private const int PerFile = 25_000;
    private const int FirstYear = 2002;
    private const int KernelRecords = 6_000;
    private const string Mark = "\"CVE-@\"";

    /// <summary>Each genuine record as JSON, its id replaced by a mark.</summary>
    internal static IReadOnlyList<string> Genuine(string folder)
    {
        var records = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "nvd*.json*", SearchOption.AllDirectories).Where(static file => !file.Contains("nvd11", StringComparison.Ordinal) && !file.Contains(".jsonl", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.OpenRead(file), CompressionMode.Decompress) : (Stream)File.OpenRead(file);
            foreach (var each in JsonNode.Parse(stream)!["vulnerabilities"]!.AsArray())
                records.Add(each!.ToJsonString(new JsonSerializerOptions()).Replace($"\"{each["cve"]!["id"]}\"", Mark, StringComparison.Ordinal));
        }

        return records;
    }

    /// <summary>The whole load.</summary>
    internal static void Write(IReadOnlyList<string> genuine, int count, string folder)
    {
        for (var (written, year) = (0, FirstYear); written < count; year++)
        {
            var here = Math.Min(PerFile, count - written);
            var first = written;
            WriteFile(Path.Combine(folder, $"nvdcve-2.0-{year}.json"), Enumerable.Range(0, here).Select(at => Named(genuine[(first + at) % genuine.Count], year, at + 1)));
            written += here;
        }

        WriteFile(Path.Combine(folder, "kernel.json"), Enumerable.Range(1, KernelRecords).Select(Kernel));
    }

    /// <summary>A day's changes: ids that are there already, changed later.</summary>
    internal static void WriteDelta(IReadOnlyList<string> genuine, int count, string folder) =>
        WriteFile(Path.Combine(folder, "modified.json"), Enumerable.Range(0, count).Select(at => WithDay(Named(genuine[(at + 7) % genuine.Count], FirstYear, at + 1))));

    private static string WithDay(string record)
    {
        var node = JsonNode.Parse(record)!;
        node["cve"]!["lastModified"] = "2026-11-20T00:00:00.000";
        return node.ToJsonString();
    }

    private static string Named(string record, int year, int number) =>
        record.Replace(Mark, string.Create(CultureInfo.InvariantCulture, $"\"CVE-{year}-{number:D5}\""), StringComparison.Ordinal);

    /// <summary>Made up, in the shape of the kernel's records: a range for each line that is still maintained.</summary>
    private static string Kernel(int number)
    {
        var ranges = new[] { "4.14", "4.19", "5.4", "5.10", "5.15", "6.1", "6.6" }.Select(line => string.Create(CultureInfo.InvariantCulture,
            $$"""{"vulnerable":true,"criteria":"cpe:2.3:o:linux:linux_kernel:*:*:*:*:*:*:*:*","versionStartIncluding":"{{line}}","versionEndExcluding":"{{line}}.{{number % 250}}"}"""));
        return string.Create(CultureInfo.InvariantCulture,
            $$$"""{"cve":{"id":"CVE-1999-{{{90_000 + number}}}","vulnStatus":"Analyzed","lastModified":"2026-01-01T00:00:00.000","descriptions":[{"lang":"en","value":"Made up."}],"configurations":[{"nodes":[{"operator":"OR","negate":false,"cpeMatch":[{{{string.Join(',', ranges)}}}]}]}]}}""");
    }

    private static void WriteFile(string path, IEnumerable<string> records)
    {
        using var file = new StreamWriter(path);
        file.Write("""{"format":"NVD_CVE","version":"2.0","vulnerabilities":[""");
        var first = true;
        foreach (var record in records)
        {
            if (!first) file.Write(',');
            file.Write(record);
            first = false;
        }

        file.Write("]}");
    }
}
