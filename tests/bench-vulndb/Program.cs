using System.Diagnostics;
using System.Globalization;
using VulnDiag.VulnDb.Bench;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Matching;
using VulnDiag.VulnDb.Store;

// dotnet run -c Release --project tests/bench-vulndb -- FOLDER [RECORDS]: FOLDER holds genuine files of NVD's API 2.0.
if (args.Length is 0 or > 2) return Usage();
var count = args.Length == 2 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 300_000;
var time = TimeProvider.System;
var work = Directory.CreateTempSubdirectory("vulndb-bench").FullName;
try
{
    var genuine = Records.Genuine(args[0]);
    var feeds = Directory.CreateDirectory(Path.Combine(work, "feeds")).FullName;
    var delta = Directory.CreateDirectory(Path.Combine(work, "delta")).FullName;
    Records.Write(genuine, count, feeds);
    Records.WriteDelta(genuine, 1_000, delta);
    genuine = [];
    GC.Collect();
    var database = Path.Combine(work, "vulndb.sqlite");

    var load = Measure(() => DatabaseUpdate.Run(feeds, database, time, CancellationToken.None));
    Line("load", $"{load.TotalSeconds:0.0} s, {count / load.TotalSeconds:0} CVE/s");
    Line("processor time so far", $"{Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:0.0} s");
    Line("peak memory", $"{PeakMemory()}");
    Line("database", $"{new FileInfo(database).Length / (1 << 20)} MB");
    Line("daily delta, 1,000 records", $"{Measure(() => DatabaseUpdate.Run(delta, database, time, CancellationToken.None)).TotalSeconds:0.00} s");

    using var vulndb = VulnDatabase.Open(database);
    foreach (var (name, cpe) in new[]
    {
        ("OpenSSH", "a:openbsd:openssh:9.{0}:p1"), ("nginx", "a:f5:nginx:1.{0}.1:*"), ("Samba", "a:samba:samba:4.{0}.2:*"), ("Linux kernel", "o:linux:linux_kernel:5.10.{0}:*"),
    })
    {
        var first = Measure(() => Ask(vulndb, cpe, 0));
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var times = Enumerable.Range(1, 200).Select(number => Measure(() => Ask(vulndb, cpe, number % 25)).TotalMilliseconds).Order().ToList();
        Line($"match {name}", $"first {first.TotalMilliseconds:0.0} ms, then p50 {times[100]:0.00} ms, p95 {times[190]:0.00} ms; processor {(Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds / times.Count:0.00} ms each");
    }

    return 0;
}
finally
{
    Directory.Delete(work, recursive: true);
}

static MatchResult Ask(VulnDatabase database, string cpe, int number) =>
    database.Match(new MatchQuery { Product = CpeName.Parse($"cpe:2.3:{string.Format(CultureInfo.InvariantCulture, cpe, number)}:*:*:*:*:*:*")! });

static TimeSpan Measure(Func<object> work)
{
    var start = TimeProvider.System.GetTimestamp();
    work();
    return TimeProvider.System.GetElapsedTime(start);
}

// The kernel's high-water mark of this process, the writing of the files included.
static string PeakMemory() => File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").First(static line => line.StartsWith("VmHWM", StringComparison.Ordinal))[6..].Trim() : "not told";

static void Line(string what, string value) => Console.WriteLine($"{what}: {value}");

static int Usage()
{
    Console.Error.WriteLine("Give the folder of genuine NVD files, and how many records to make of them.");
    return 2;
}
