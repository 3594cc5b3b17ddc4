using System.Globalization;
using VulnDiag.Domain;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Steps;
using VulnDiag.Engine.Authorization;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Scans;

/// <summary>Signs the authorisation of a line's scan and each of its renewals. Called only while every condition holds.</summary>
internal sealed class LeaseWriter(AuthorizationSigner signer, ScanOptions options, TimeProvider time)
{
    /// <summary>Signs renewal number <paramref name="sequence"/> and puts it in place.</summary>
    internal Task WriteAsync(
        Engagement engagement, LineTarget target, Period window, IReadOnlyList<System.Net.IPNetwork> exclusions,
        ScanFolder folder, string id, int sequence, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var perHost = Math.Min(options.PacketsPerSecondPerHost, Math.Max(1, options.PacketsPerSecond / options.MaxParallel));
        var authorization = new ScanAuthorization
        {
            Id = id,
            Sequence = sequence,
            Engagement = engagement.Id.Value.ToString(CultureInfo.InvariantCulture),
            Line = target.Line.Value,
            Address = target.Address.ToString(),
            Fqdn = target.Fqdn,
            Windows = [new AuthorizedPeriod(window.Start.ToUniversalTime(), window.End.ToUniversalTime())],
            Avoid = [.. engagement.Hearing.TimesToAvoid.Select(static period => new AuthorizedPeriod(period.Start.ToUniversalTime(), period.End.ToUniversalTime()))],
            LeaseExpires = now.AddSeconds(options.LeaseSeconds),
            Exclusions = [.. exclusions.Select(static range => range.ToString())],
            AllowedLabRanges = options.AllowedLabRanges,
            Budget = new ScanBudget(perHost, perHost, perHost),
            Accounts = target.AccountChecks,
            ConsentHash = target.ConsentHash,
            IssuedBy = "engagement",
            IssuedAt = now,
            SourceAddresses = options.SourceAddresses,
            ClockOffset = ReferenceEquals(time, TimeProvider.System) ? TimeSpan.Zero : now - TimeProvider.System.GetUtcNow(),
            TcpPorts = options.TcpPortsFor(target.Address),
            UdpPorts = options.UdpPorts,
        };
        return LeaseFile.WriteAsync(folder.AuthorizationFile, signer.Sign(authorization), cancellationToken);
    }
}
