using System.Net;
using VulnDiag.Engine;
using VulnDiag.Engine.Authorization;
using VulnDiag.Model;
using VulnDiag.TestSupport;

namespace VulnDiag.Integration.Tests;

/// <summary>Authorisations and scans of hosts in a namespace of the test's own.</summary>
internal sealed class NamespaceScan : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vulndiag-ns-").FullName;
    private AuthorizationSigner? _signer;

    public string In(string name) => Path.Combine(_folder, name);

    /// <summary>An authorisation that holds now, changed as the test likes.</summary>
    public async Task<ScanRequest> AuthorizeAsync(IPAddress address, string ports, int rate, Func<ScanAuthorization, ScanAuthorization>? change = null)
    {
        _signer ??= await AuthorizationSigner.OpenAsync(In("key.pem"), CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        var authorization = new ScanAuthorization
        {
            Id = "A-1",
            Address = $"{address}",
            Windows = [new AuthorizedPeriod(now.AddMinutes(-1), now.AddMinutes(30))],
            LeaseExpires = now.AddMinutes(30),
            AllowedLabRanges = NetworkNamespace.Ranges,
            Budget = new ScanBudget(rate, rate, rate),
            ConsentHash = "0f",
            IssuedBy = "engagement",
            IssuedAt = now,
        };
        await LeaseFile.WriteAsync(In("authorization.jws"), _signer.Sign(change?.Invoke(authorization) ?? authorization), CancellationToken.None);
        return new ScanRequest
        {
            AuthorizationFile = In("authorization.jws"),
            PublicKeyPem = _signer.PublicKeyPem,
            OutFile = In("result.json"),
            Ports = ports,
            UdpPorts = "",
            Seed = 1,
            AllowedLabRanges = NetworkNamespace.Ranges,
        };
    }

    public static Task<ScanResult> RunAsync(ScanRequest request) => new ScanRunner(TimeProvider.System).RunAsync(request, new Quiet(), TestContext.Current.CancellationToken);

    public void Dispose()
    {
        _signer?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class Quiet : IScanProgress
    {
        public void Report(ScanProgress progress)
        {
        }

        public void Say(string message)
        {
        }
    }
}
