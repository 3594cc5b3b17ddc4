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
        using var folder = new TempFolder();
        await RealServer.RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.File("key"));
        var expected = (await RealServer.RunAsync("ssh-keygen", "-l", "-f", folder.File("key.pub"))).Split(' ')[1];
        var endpoint = RealServer.FreePort("127.4.6.1");
        Directory.CreateDirectory("/run/sshd");
        await using var sshd = await RealServer.StartAsync(
            endpoint, "/usr/sbin/sshd", "-D", "-f", "/dev/null", "-p", $"{endpoint.Port}", "-o", "ListenAddress=127.4.6.1", "-h", folder.File("key"), "-o", $"PidFile={folder.File("pid")}");
        var reader = new IdentityReader(endpoint.Address, null, new SocketTransport(TimeProvider.System), new OpenGate(), ProbeLimits.Default, TimeProvider.System);

        var mark = await reader.TakeAsync(endpoint.Port, CancellationToken.None);

        mark!.Kind.ShouldBe("ssh-host-key");
        mark.Value.ShouldBe(expected);
        (await reader.TakeAsync(endpoint.Port, CancellationToken.None)).ShouldBe(mark);
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
}
