using System.Net;
using System.Net.Sockets;

namespace VulnDiag.Engine.Authorization;

/// <summary>What is not a global unicast address, by IANA's registries (special-purpose-addresses.csv).</summary>
internal static class SpecialPurposeAddresses
{
    // RFC 4291 section 2.4 and IANA's IPv6 address space registry: 2000::/3 is what is assigned as global unicast.
    private static readonly AddressRange GlobalUnicastV6 = AddressRange.TryParse("2000::/3")!.Value;

    private static readonly (AddressRange Range, string Class, string Name)[] Rows =
        [.. EmbeddedData.Rows("Authorization.special-purpose-addresses.csv")
            .Select(static cells => (AddressRange.TryParse(cells[0]) ?? throw new InvalidOperationException($"'{cells[0]}' is no range."), cells[1], cells[2]))];

    /// <summary>Why <paramref name="address"/> is not a global unicast one.</summary>
    /// <returns>Null when it is one.</returns>
    public static Refusal? Refuse(IPAddress address)
    {
        // The framework compares a mapped address as its IPv4 self; here it is a disguise.
        if (address.IsIPv4MappedToIPv6) return new Refusal("address-mapped", $"{address} is an IPv4 address in IPv6's clothes: name the IPv4 address.");
        foreach (var (range, kind, name) in Rows)
        {
            if (range.Network.Contains(address)) return new Refusal($"address-{kind}", $"{address} lies in {range.Network} ({name}), which is not on the internet.");
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !GlobalUnicastV6.Network.Contains(address))
            return new Refusal("address-reserved", $"{address} lies outside 2000::/3, which alone is assigned as global unicast.");
        return address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0
            ? new Refusal("address-link-local", $"{address} carries a zone.")
            : null;
    }
}
