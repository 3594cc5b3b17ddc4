using VulnDiag.Engine.Authorization;
using VulnDiag.Engine.Packets;
using VulnDiag.Model;

namespace VulnDiag.Engine.Support;

/// <summary>A folder with a key pair and an authorisation, and scans of loopback addresses by it.</summary>
internal sealed class ScanBench : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly AuthorizationSigner _signer;

    private ScanBench(TempFolder folder, AuthorizationSigner signer) => (_folder, _signer) = (folder, signer);

    public string Out => _folder.File("result.json");

    public string Checkpoint => Out + ".checkpoint";

    public string PacketLog => Out + ".packets.csv";

    public string AuthorizationFile => _folder.File("authorization.jws");

    public string PublicKeyPem => _signer.PublicKeyPem;

    public static async Task<ScanBench> CreateAsync()
    {
        var folder = new TempFolder();
        return new ScanBench(folder, await AuthorizationSigner.OpenAsync(folder.File("key.pem"), CancellationToken.None));
    }

    /// <summary>Signs and writes an authorisation or a renewal.</summary>
    public Task AuthorizeAsync(ScanAuthorization authorization) => LeaseFile.WriteAsync(AuthorizationFile, _signer.Sign(authorization), CancellationToken.None);

    public ScanRequest Request(string ports, string udpPorts = "") => new()
    {
        AuthorizationFile = AuthorizationFile,
        PublicKeyPem = PublicKeyPem,
        OutFile = Out,
        Ports = ports,
        UdpPorts = udpPorts,
        Rate = 100_000,
        Seed = 1,
        AllowedLabRanges = ["127.0.0.0/8"],
    };

    /// <summary>All that the packet log holds; empty where there is none.</summary>
    public async Task<IReadOnlyList<PacketLogEntry>> PacketsAsync() => File.Exists(PacketLog)
        ? await Packets.PacketLog.FindAsync(PacketLog, TimeProvider.System.GetUtcNow(), port: null, TimeSpan.FromDays(1), CancellationToken.None)
        : [];

    /// <summary>An authorisation of a loopback address that holds now.</summary>
    public static ScanAuthorization Loopback(string address) => Authorizations.ForLoopback(address, TimeProvider.System.GetUtcNow());

    public static Task<ScanResult> RunAsync(ScanRequest request, IScanProgress? progress = null, CancellationToken cancellationToken = default) =>
        new ScanRunner(TimeProvider.System).RunAsync(request, progress ?? new QuietProgress(), cancellationToken);

    public ValueTask DisposeAsync()
    {
        _signer.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Remembers what it was told.</summary>
internal sealed class QuietProgress : IScanProgress
{
    public List<string> Said { get; } = [];

    public Action<ScanProgress>? OnReport { get; init; }

    public void Report(ScanProgress progress) => OnReport?.Invoke(progress);

    public void Say(string message) => Said.Add(message);
}
