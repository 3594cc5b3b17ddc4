using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Newtonsoft.Json.Linq;
using UglyToad.PdfPig;

namespace VulnDiag.Integration.Tests;

/// <summary>An operator's own way, command by command: authorize, scan a real server of Debian's on loopback, report.</summary>
[Trait("Category", "Slow")]
public sealed class RealScanToReportTests : IDisposable
{
    private const string Address = "127.6.1.1";
    private const string Redis = "/usr/bin/redis-server";
    private readonly string _folder = Directory.CreateTempSubdirectory("vulndiag-real-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_redis_without_a_password_goes_from_the_authorisation_to_the_report()
    {
        if (!File.Exists(Redis)) Assert.Skip("Debian's redis-server is not installed.");
        if (!File.Exists("/usr/bin/chromium")) Assert.Skip("Debian's chromium is not installed.");
        var port = FreePort();
        using var redis = Process.Start(new ProcessStartInfo(Redis, ["--bind", Address, "--port", $"{port}", "--save", "", "--protected-mode", "no", "--dir", _folder]) { RedirectStandardOutput = true })!;
        try
        {
            await UntilItAnswersAsync(port);
            var (from, to) = (TimeProvider.System.GetUtcNow().AddMinutes(-1).ToString("O"), TimeProvider.System.GetUtcNow().AddHours(1).ToString("O"));
            await RunAsync("authorize", "--address", Address, "--from", from, "--to", to, "--consent", "test", "--out", In("scan.jws"));
            await RunAsync("scan", "--authorization", In("scan.jws"), "--out", In("result.json"), "--ports", $"{port - 50}-{port + 50}", "--udp-ports", "", "--rate", "2000", "--nmap-xml", In("result.xml"));
            await RunAsync("report", "--scan", In("result.json"), "--out", In("report.pdf"), "--xlsx", In("report.xlsx"));
        }
        finally
        {
            redis.Kill();
            await redis.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var result = JObject.Parse(await File.ReadAllTextAsync(In("result.json"), TestContext.Current.CancellationToken));
        ((bool)result["complete"]!).ShouldBeTrue();
        var found = result["ports"]!.Single(each => (int)each["port"]! == port);
        var version = await PackageVersionAsync("redis-server");
        ((string)found["product"]!, (string)found["version"]!).ShouldBe(("Redis", version));
        found["cpe"]!.Select(static cpe => (string)cpe!).ShouldContain(cpe => cpe.Contains($":redis:{version}:", StringComparison.Ordinal));
        result["findings"]!.Select(static finding => (int)finding["port"]!).ShouldContain(port, "nobody may reach a database without a password");

        var text = TextOf(In("report.pdf"));
        foreach (var word in (string[])["緊急", "重要", "警告", "注意", "対処要", "対処推奨", "Redis", version, Address]) text.ShouldContain(word);
        new FileInfo(In("report.xlsx")).Length.ShouldBeGreaterThan(0);
        File.ReadAllText(In("result.xml")).ShouldContain("<nmaprun");
    }

    private string In(string name) => Path.Combine(_folder, name);

    private async Task RunAsync(params string[] words)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "VulnDiag.Worker"), words) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["VULNDIAG__Scan__AllowedLabRanges__0"] = "127.0.0.0/8";
        start.Environment["VULNDIAG__Signing__KeyFile"] = In("key.pem");
        start.Environment["VULNDIAG__Store__Folder"] = In("data");
        start.Environment["VULNDIAG__VulnDb__Database"] = In("vulndb.sqlite");
        using var process = Process.Start(start)!;
        var output = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, string.Join('\n', await output));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Parse(Address), 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task UntilItAnswersAsync(int port)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(20))
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Parse(Address), port, TestContext.Current.CancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }

        throw new ShouldAssertException("redis-server did not start.");
    }

    private static async Task<string> PackageVersionAsync(string package)
    {
        using var dpkg = Process.Start(new ProcessStartInfo("dpkg-query", ["-W", "-f", "${Version}", package]) { RedirectStandardOutput = true })!;
        var version = await dpkg.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        return version.Split(':')[^1].Split('-')[0];
    }

    private static string TextOf(string pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return string.Concat(document.GetPages().SelectMany(static page => page.Letters).Select(static letter => letter.Value).Where(static letter => !string.IsNullOrWhiteSpace(letter)));
    }
}
