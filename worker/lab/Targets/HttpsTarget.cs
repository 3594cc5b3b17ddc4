using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace VulnDiag.Lab.Targets;

/// <summary>A web server behind TLS, with whatever certificate it is given: a good one, or one that has expired.</summary>
public sealed class HttpsTarget(IPAddress address, int port, X509Certificate2 certificate, HttpSite site) : TcpTarget(address, port)
{
    internal override async Task ServeAsync(TargetLine line, CancellationToken cancellationToken)
    {
        await using var tls = new SslStream(line.Stream, leaveInnerStreamOpen: true);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellationToken);
        await HttpTarget.ServeAsync(new TargetLine(tls, line.OnData), site, cancellationToken);
    }
}
