using System.Globalization;
using System.Net;
using System.Net.Sockets;
using VulnDiag.Lab.Kintone.Faults;
using VulnDiag.Worker.Tests.Support;

namespace VulnDiag.Worker.Tests;

/// <summary><c>run --once</c> against a kintone, a disk and settings that are not as they should be: the operator reads one clear sentence.</summary>
[Trait("Category", "Slow")]
public sealed class RunOnceTests : IDisposable
{
    private readonly TestConsole _console = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _console.Dispose();

    [Fact]
    public async Task A_round_without_faults_says_nothing()
    {
        await using var tenant = await Tenant.StartAsync(Cancel);
        (await RunAsync(tenant.Emulator.Uri)).ShouldBe(0, _console.Error);
        _console.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_kintone_that_is_down_is_named_with_its_address()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var nobody = new Uri($"http://localhost:{((IPEndPoint)closed.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}");
        closed.Stop();

        (await RunAsync(nobody)).ShouldBe(1);
        Sentence().ShouldContain(nobody.Authority);
    }

    [Theory]
    [InlineData(FaultKind.HtmlPage)]
    [InlineData(FaultKind.Maintenance)]
    [InlineData(FaultKind.CutAfter)]
    public async Task A_kintone_that_answers_something_else_is_told_in_one_sentence(FaultKind fault)
    {
        await using var tenant = await Tenant.StartAsync(Cancel);
        tenant.Emulator.Faults.Add(new Fault(fault, Times: null));
        (await RunAsync(tenant.Emulator.Uri)).ShouldBe(1);
        Sentence().ShouldContain("kintone");
    }

    [Fact]
    public async Task A_kintone_that_is_too_slow_is_told_in_one_sentence()
    {
        await using var tenant = await Tenant.StartAsync(Cancel);
        tenant.Emulator.Faults.Add(new Fault(FaultKind.Latency, Times: null, Delay: TimeSpan.FromSeconds(3)));
        (await RunAsync(tenant.Emulator.Uri, "--Kintone:TimeoutSeconds=1")).ShouldBe(1);
        Sentence().ShouldContain("did not answer in time");
    }

    [Fact]
    public async Task A_full_disk_at_the_start_is_told_in_one_sentence()
    {
        using var disk = TinyDisk.MountOrSkip();
        await using var tenant = await Tenant.StartAsync(Cancel);
        disk.Fill(blocksLeft: 0);
        (await RunAsync(tenant.Emulator.Uri, $"--Store:Folder={disk.Folder}/data")).ShouldBe(1);
        Sentence().ShouldStartWith("The disk of the data folder is full.");
    }

    [Fact]
    public async Task An_unknown_setting_is_named_by_its_key_and_is_wrong_usage()
    {
        (await RunAsync(new Uri("http://localhost:1"), "--Kintone:Urll=x")).ShouldBe(2);
        _console.Error.ShouldContain("Kintone:Urll");
        _console.Error.ShouldNotContain("   at ");
    }

    private string Sentence()
    {
        var line = _console.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
        line.ShouldNotContain("Exception");
        return line;
    }

    private Task<int> RunAsync(Uri kintone, params string[] more)
    {
        _console.Environment["VULNDIAG__Kintone__Password"] = Tenant.Password;
        return _console.RunAsync(
        [
            "run", "--once",
            $"--Kintone:Url={kintone.ToString().TrimEnd('/')}", "--Kintone:User=worker", "--Kintone:AppIdFile=",
            "--Operator:Name=Operator", "--Operator:Mail=shindan@operator.example", "--Operator:Phone=03-0000-0000",
            "--Mail:Door=Maildir", "--Mail:MaildirFolder=mail", "--Mail:From=shindan@operator.example", "--Mail:Archive=archive@operator.example",
            "--Mail:Coordinators=coordinator@operator.example", "--Scan:SourceAddresses:0=127.0.0.1",
            .. more,
        ]);
    }
}
