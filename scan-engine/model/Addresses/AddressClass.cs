using System.Net;
using System.Reflection;

namespace VulnDiag.Model.Addresses;

/// <summary>What an address is for. Only <see cref="Global"/> ones can be scanned without a lab setting.</summary>
public enum AddressClass
{
    /// <summary>Global unicast.</summary>
    Global,

    /// <summary>Private use, IPv6 unique local and the former site-local.</summary>
    Private,

    /// <summary>The machine itself.</summary>
    Loopback,

    /// <summary>This link only.</summary>
    LinkLocal,

    /// <summary>A group of hosts.</summary>
    Multicast,

    /// <summary>Every host of this link.</summary>
    Broadcast,

    /// <summary>Examples in documents.</summary>
    Documentation,

    /// <summary>Behind a provider's address translation (100.64.0.0/10).</summary>
    Shared,

    /// <summary>Measuring in laboratories.</summary>
    Benchmarking,

    /// <summary>This network, or no address at all.</summary>
    Unspecified,

    /// <summary>IPv6 that carries an IPv4 address (mapped, NAT64, Teredo, 6to4).</summary>
    Embedded,

    /// <summary>Anything else that is not global unicast: protocol assignments, anycast services, future use, unallocated.</summary>
    Reserved,
}

/// <summary>Tells the class of an address by the longest matching row of address-classes.csv.</summary>
/// <remarks>
/// Thread-safe. An IPv4-mapped address is looked at first: the runtime's IPNetwork takes it for the IPv4 one, and on the wire it is not.
/// Source: IANA IPv4 and IPv6 Special-Purpose Address Registries and Address Space registries; each row names its RFC.
/// </remarks>
public static class AddressClasses
{
    private static readonly (IPNetwork Network, AddressClass Class)[] Rows = Load();

    /// <summary>The class of <paramref name="address"/>. A scope id is not looked at.</summary>
    public static AddressClass Of(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return AddressClass.Embedded;
        foreach (var (network, @class) in Rows)
        {
            if (network.Contains(address)) return @class;
        }

        throw new ArgumentException($"{address.AddressFamily} is neither IPv4 nor IPv6.", nameof(address));
    }

    /// <summary>True for global unicast, and for an address in one of the ranges that a setting allows for a laboratory.</summary>
    public static bool IsScannable(IPAddress address, IReadOnlyList<IPNetwork> allowedLabRanges) =>
        !address.IsIPv4MappedToIPv6
        && (Of(address) is AddressClass.Global || allowedLabRanges.Any(range => range.Contains(address)));

    private static (IPNetwork Network, AddressClass Class)[] Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("VulnDiag.Model.Addresses.address-classes.csv")
            ?? throw new InvalidOperationException("address-classes.csv is not embedded.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Skip(1)
            .Select(static line => line.Split(','))
            .Select(static cells => (Network: IPNetwork.Parse(cells[0]), Class: Enum.Parse<AddressClass>(cells[1])))
            .OrderByDescending(static row => row.Network.PrefixLength)];
    }
}
