using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Asks an X server for a connection without authorisation. Nothing is drawn or read.</summary>
/// <remarks>Worst case: 1 connection, 1 request. Source: X Window System Protocol, X11R7, section 8 "Connection Setup".</remarks>
internal sealed class X11Probe : IServiceProbe
{
    private const byte Failed = 0, Success = 1, Authenticate = 2;
    private static readonly byte[] Request = [(byte)'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public ProbeInfo Info { get; } = new("x11", Transport.Tcp, Ports: [6000, 6001, 6002, 6003, 6004, 6005, 6006, 6007, 6008, 6009, 6010], MaxRequests: 1) { AnyPort = 160 };

    public ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken) =>
        OneRequest.OverTcpAsync(context, Request, static bytes => bytes.Length >= 8 && bytes.Length >= 8 + 4 * (bytes[6] | (bytes[7] << 8)), TryRead, cancellationToken);

    private static Identification? TryRead(ReadOnlyMemory<byte> answer)
    {
        var reader = new ByteReader(answer.Span);
        var (status, reasonLength) = (reader.Byte(), reader.Byte());
        var (major, minor, words) = (reader.UInt16Little(), reader.UInt16Little(), reader.UInt16Little());
        if (reader.Short || major != 11 || minor > 1 || reader.Rest.Length < words * 4) return null;
        var found = new Identification { Service = "x11" };
        if (status == Failed) return (found with { Info = Clean(reader.Text(Math.Min(reasonLength, reader.Rest.Length))) }).WithFact(FactNames.AuthRequired, FactNames.Yes);
        if (status == Authenticate) return found.WithFact(FactNames.AuthRequired, FactNames.Yes);
        if (status != Success) return null;
        var release = reader.UInt32Little();
        reader.Skip(12);
        var vendorLength = reader.UInt16Little();
        reader.Skip(14);
        var vendor = Clean(reader.Text(vendorLength));
        if (reader.Short) return null;
        if (vendor == "The X.Org Foundation") found = WithRelease(found, release);
        return (found with { Info = vendor }).WithFact(FactNames.AuthRequired, FactNames.No);
    }

    /// <summary>The release is one number: 12101007 is 21.1.7, 12014000 was 1.20.14 (xorg-server, configure.ac: VENDOR_RELEASE).</summary>
    private static Identification WithRelease(Identification found, uint release)
    {
        var (minor, patch, snap) = (release / 100_000 % 100, release / 1_000 % 100, release % 1_000);
        var version = minor >= 21 ? $"{minor}.{patch}.{snap}" : $"1.{minor}.{patch}";
        return release / 10_000_000 == 1
            ? found with { Product = "X.Org Server", Version = version, Cpe = [$"cpe:2.3:a:x.org:x_server:{version}:*:*:*:*:*:*:*"] }
            : found;
    }

    private static string? Clean(string text) => new string([.. text.Where(static character => character is >= ' ' and <= '~')]).Trim() is { Length: > 0 } clean ? clean : null;
}
