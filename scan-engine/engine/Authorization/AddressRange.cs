using System.Net;

namespace VulnDiag.Engine.Authorization;

/// <summary>A range of addresses by its prefix.</summary>
/// <param name="Network">Prefix; a single address has the full length.</param>
internal readonly record struct AddressRange(IPNetwork Network)
{
    /// <summary>Reads <c>192.0.2.0/24</c>, <c>2001:db8::/32</c> or a single address. Host bits are cleared, not refused.</summary>
    /// <returns>Null when it is none of these.</returns>
    public static AddressRange? TryParse(string text)
    {
        var parts = text.Trim().Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out var address)) return null;
        var bits = address.GetAddressBytes().Length * 8;
        var length = bits;
        if (parts.Length == 2 && (!int.TryParse(parts[1], System.Globalization.NumberStyles.None, null, out length) || length > bits)) return null;
        return new AddressRange(new IPNetwork(Masked(address, length), length));
    }

    /// <summary>True when <paramref name="address"/> lies inside; an IPv4 address mapped into IPv6 counts as its IPv4 self.</summary>
    public bool Holds(IPAddress address) => Network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address) || Network.Contains(address);

    private static IPAddress Masked(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var keep = Math.Clamp(length - i * 8, 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - keep));
        }

        return new IPAddress(bytes);
    }
}
