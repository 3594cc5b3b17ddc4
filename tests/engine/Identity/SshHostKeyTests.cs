using System.Diagnostics;
using System.Net;
using CsCheck;
using VulnDiag.Engine.Packets;
using VulnDiag.Engine.Probes;
using VulnDiag.Engine.Support;
using VulnDiag.Model;

namespace VulnDiag.Engine.Identity;

public sealed class SshHostKeyTests
{
    [Fact]
    [Trait("Category", "Slow")]
    public async Task The_fingerprint_is_what_ssh_keygen_says_of_the_servers_key()
    {
        if (!File.Exists("/usr/sbin/sshd")) Assert.Skip("Debian's openssh-server is not installed.");
        using var folder = new TempFolder();
        await RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.File("key"));
        var expected = (await RunAsync("ssh-keygen", "-l", "-f", folder.File("key.pub"))).Split(' ')[1];
        // inetd mode would need a socket of ours; a port on loopback is simpler and as real.
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Parse("127.4.6.1"), 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        Directory.CreateDirectory("/run/sshd");
        using var sshd = Process.Start(new ProcessStartInfo("/usr/sbin/sshd", ["-D", "-f", "/dev/null", "-p", $"{port}", "-o", "ListenAddress=127.4.6.1", "-h", folder.File("key"), "-o", $"PidFile={folder.File("pid")}"]) { RedirectStandardError = true })!;
        try
        {
            var reader = new IdentityReader(IPAddress.Parse("127.4.6.1"), null, new SocketTransport(TimeProvider.System), new OpenGate(), ProbeLimits.Default, TimeProvider.System);
            await WaitForAsync(port);
            var mark = await reader.TakeAsync(port, CancellationToken.None);

            mark!.Kind.ShouldBe("ssh-host-key");
            mark.Value.ShouldBe(expected);
            (await reader.TakeAsync(port, CancellationToken.None)).ShouldBe(mark);
        }
        finally
        {
            sshd.Kill();
            await sshd.WaitForExitAsync();
        }
    }

    [Fact]
    public void Any_reply_is_a_key_or_none() => Gen.Byte.Array[0, 200].Sample(static bytes => SshHostKey.FingerprintOf(bytes));

    [Fact]
    public async Task Any_bytes_from_a_server_end_in_a_key_or_none() =>
        await Gen.Byte.Array[0, 300].SampleAsync(
            static async bytes =>
            {
                var transport = new ReplayTransport().Then(() => new ReplayStream().Says([.. "SSH-2.0-x\r\n"u8, .. bytes]));
                await using var link = await ProbeRun.Context(new ProbeInfo("x", Transport.Tcp, [22], SshHostKey.Messages), transport).ConnectAsync(CancellationToken.None);
                await SshHostKey.ReadAsync(link, CancellationToken.None);
            },
            iter: 200,
            threads: 1);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return output;
    }

    private static async Task WaitForAsync(int port)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(10))
        {
            using var client = new System.Net.Sockets.TcpClient();
            try
            {
                await client.ConnectAsync("127.4.6.1", port);
                return;
            }
            catch (System.Net.Sockets.SocketException)
            {
                await Task.Yield();
            }
        }
    }
}
