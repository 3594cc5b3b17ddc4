using System.Net;
using System.Net.Sockets;
using VulnDiag.Model.Addresses;

namespace VulnDiag.Engine.Authorization;

/// <summary>What is not a global unicast address, by the classes that the hearing's checks use too.</summary>
internal static class SpecialPurposeAddresses
{
    /// <summary>Why <paramref name="address"/> is not a global unicast one.</summary>
    /// <returns>Null when it is one.</returns>
    public static Refusal? Refuse(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return new Refusal("address-mapped", $"{address} is an IPv4 address in IPv6's clothes: name the IPv4 address.");
        var kind = Word(AddressClasses.Of(address));
        if (kind is not null) return new Refusal($"address-{kind}", $"{address} is a {kind} address, which is not a host's on the internet.");
        return address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0
            ? new Refusal("address-link-local", $"{address} carries a zone.")
            : null;
    }

    private static string? Word(AddressClass @class) => @class switch
    {
        AddressClass.Global => null,
        AddressClass.Private => "private",
        AddressClass.Loopback => "loopback",
        AddressClass.LinkLocal => "link-local",
        AddressClass.Multicast => "multicast",
        AddressClass.Broadcast => "broadcast",
        AddressClass.Documentation => "documentation",
        AddressClass.Shared => "shared",
        AddressClass.Benchmarking => "benchmarking",
        AddressClass.Unspecified => "unspecified",
        AddressClass.Embedded => "embedded",
        AddressClass.Reserved => "reserved",
    };
}
