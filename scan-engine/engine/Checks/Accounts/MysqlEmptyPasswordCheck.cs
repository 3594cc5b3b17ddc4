using VulnDiag.Engine.Probes;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Accounts;

/// <summary>A MySQL or MariaDB server lets its administrator in without a password. One try; no statement is sent.</summary>
/// <remarks>Source: MySQL internals manual, "Protocol::HandshakeResponse41", "Protocol::AuthSwitchRequest", "OK_Packet".</remarks>
internal sealed class MysqlEmptyPasswordCheck : IActiveCheck
{
    private const byte Ok = 0x00, AuthSwitch = 0xFE, Error = 0xFF;
    private const int AccessDenied = 1045;
    // CLIENT_LONG_PASSWORD, CLIENT_PROTOCOL_41, CLIENT_SECURE_CONNECTION, CLIENT_PLUGIN_AUTH.
    private const uint Capabilities = 0x0000_0001 | 0x0000_0200 | 0x0000_8000 | 0x0008_0000;
    private static readonly byte[] Login = BuildLogin();

    public string Id => "mysql-empty-password";

    public ActiveCheckCost Cost { get; } = new(MaxRequests: 2, CheckRisk.Counted) { NeedsAccountConsent = true };

    public bool AppliesTo(PortResult port) => port.Service == "mysql" && !port.Facts.ContainsKey("hostAllowed");

    public async ValueTask<CheckOutcome> RunAsync(CheckFacts facts, ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectPlainAsync(cancellationToken);
        if ((await ReadPacketAsync(link, cancellationToken)).Span is not [9 or 10, ..]) return CheckOutcome.CannotTell("The server did not greet us.");
        await link.SendAsync(Login, cancellationToken);
        var answer = await ReadPacketAsync(link, cancellationToken);
        if (answer.Span is [AuthSwitch, ..])
        {
            // Another way of hashing is wanted: of an empty password it is empty too.
            await link.SendAsync(new byte[] { 0, 0, 0, 3 }, cancellationToken);
            answer = await ReadPacketAsync(link, cancellationToken);
        }

        return answer.Span switch
        {
            [Ok, ..] => CheckOutcome.Positive(Evidence.Of("root, empty password: OK"), qod: 100),
            [Error, var low, var high, ..] when (low | (high << 8)) == AccessDenied => CheckOutcome.Negative(),
            [Error, ..] => CheckOutcome.CannotTell(Evidence.Of(answer).Text),
            _ => CheckOutcome.CannotTell("The log-in was not answered."),
        };
    }

    private static byte[] BuildLogin()
    {
        var body = new ByteWriter().UInt32Little(Capabilities).UInt32Little(1 << 20).Byte(33).Zeros(23)
            .TextAndZero("root").Byte(0).TextAndZero("mysql_native_password").ToArray();
        return new ByteWriter().Byte(body.Length).UInt16(0).Byte(1).Bytes(body).ToArray();
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadPacketAsync(ProbeLink link, CancellationToken cancellationToken)
    {
        var head = await link.ReadExactlyAsync(4, cancellationToken);
        if (head.Length < 4) return default;
        var length = head.Span[0] | (head.Span[1] << 8) | (head.Span[2] << 16);
        return length > 4096 ? default : await link.ReadExactlyAsync(length, cancellationToken);
    }
}
