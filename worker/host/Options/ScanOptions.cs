using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;
using VulnDiag.Model;

namespace VulnDiag.Worker.Options;

/// <summary>How scans behave. The defaults are the careful ones.</summary>
internal sealed record ScanOptions
{
    /// <summary>Packets per second to one host.</summary>
    [Range(1, 100_000)]
    public int PacketsPerSecondPerHost { get; init; } = 200;

    /// <summary>Packets per second of all scans of this machine together.</summary>
    [Range(1, 1_000_000)]
    public int PacketsPerSecond { get; init; } = 1000;

    /// <summary>Scans that run at the same time.</summary>
    [Range(1, 64)]
    public int MaxParallel { get; init; } = 4;

    /// <summary>TCP ports: <c>-</c> for all, or a list such as <c>22,80,8000-8100</c>.</summary>
    [Required, Ports(Transport.Tcp)]
    public string TcpPorts { get; init; } = "-";

    /// <summary>UDP ports: a list, <c>top100</c> or <c>top1000</c>.</summary>
    [Required, Ports(Transport.Udp)]
    public string UdpPorts { get; init; } = "top100";

    /// <summary>Addresses of which every TCP port is scanned, though <see cref="TcpPorts"/> names fewer.</summary>
    [AddressList]
    public IReadOnlyList<string> AllPortsFor { get; init; } = [];

    /// <summary>DNS servers that hospitals' names are resolved by (ADDRESS:PORT); the system's when empty.</summary>
    [EndPointList]
    public IReadOnlyList<string> DnsServers { get; init; } = [];

    /// <summary>Loopback and lab ranges that may be scanned (CIDR); none by default.</summary>
    [NetworkList]
    public IReadOnlyList<string> AllowedLabRanges { get; init; } = [];

    /// <summary>Addresses that scans come from, as vendors are told.</summary>
    [AddressList]
    public IReadOnlyList<string> SourceAddresses { get; init; } = [];

    /// <summary>How long an authorisation is good for without being renewed.</summary>
    [Range(30, 600)]
    public int LeaseSeconds { get; init; } = 120;

    /// <summary>While this file exists no packet leaves.</summary>
    [Required]
    public string KillSwitchFile { get; init; } = "data/kill-switch";

    internal IReadOnlyList<IPNetwork> LabNetworks => [.. AllowedLabRanges.Select(IPNetwork.Parse)];

    internal IReadOnlyList<IPEndPoint> NameServers => [.. DnsServers.Select(IPEndPoint.Parse)];

    internal string TcpPortsFor(IPAddress address) => AllPortsFor.Any(text => IPAddress.Parse(text).Equals(address)) ? "-" : TcpPorts;

    internal IReadOnlyList<IPAddress> Sources => [.. SourceAddresses.Select(IPAddress.Parse)];
}

/// <summary>Rules across the fields of <see cref="ScanOptions"/>.</summary>
internal sealed class ScanOptionsRules : IValidateOptions<ScanOptions>
{
    public ValidateOptionsResult Validate(string? name, ScanOptions options) =>
        options.PacketsPerSecond < options.PacketsPerSecondPerHost
            ? ValidateOptionsResult.Fail($"{nameof(ScanOptions.PacketsPerSecond)}: is the budget of all scans together, so it cannot be less than {nameof(ScanOptions.PacketsPerSecondPerHost)}.")
            : ValidateOptionsResult.Success;
}
