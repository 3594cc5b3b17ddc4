using System.Globalization;
using System.Net;
using System.Net.Sockets;
using VulnDiag.Model.Addresses;

namespace VulnDiag.Domain.Hearing;

/// <summary>Reads one IP address strictly: nothing that two readers could take for two addresses.</summary>
/// <remarks>Source: RFC 6943 section 3.1.1 (loose IPv4 forms are ambiguous), RFC 5952 (canonical IPv6 text).</remarks>
internal static class AddressReader
{
    private const int Ipv4Parts = 4;

    private static readonly char[] Separators = [',', ';', ' ', '\t', '\n', '\r', '\u3001', '\u30FB', '|'];
    private static readonly char[] RangeMarks = ['-', '~', '\u301C', '*'];

    /// <summary>The address, or null when the text is not exactly one address in its plain form.</summary>
    internal static IPAddress? Read(string text) => ReadV4(text) ?? ReadV6(text);

    /// <summary>The canonical text of an address; any other text as it is.</summary>
    internal static string Canonical(string text) => Read(text)?.ToString() ?? text;

    /// <summary>The code of the fault in a text that is not blank, or null for an address that may be scanned.</summary>
    internal static string? FaultOf(string text, IReadOnlyList<IPNetwork> allowedLabRanges)
    {
        if (Read(text) is not { } address) return FaultOfForm(text);
        if (address.IsIPv4MappedToIPv6) return "address-mapped";
        return AddressClasses.IsScannable(address, allowedLabRanges) ? null : CodeOf(AddressClasses.Of(address));
    }

    private static string FaultOfForm(string text)
    {
        if (text.Split(Separators, StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } parts && parts.All(static part => Read(part) is not null))
            return "address-multiple";
        if (text.Contains("://", StringComparison.Ordinal)) return "address-name";
        if (text.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && Read(text[..slash]) is not null) return CodeAfterSlash(text[(slash + 1)..]);
        if (text.IndexOfAny(RangeMarks) >= 0 && !text.Any(char.IsAsciiLetter)) return "address-range";
        if (HasPort(text)) return "address-port";
        if (HasLeadingZero(text)) return "address-leading-zero";
        return LooksLikeName(text) ? "address-name" : "address-unreadable";
    }

    private static string CodeAfterSlash(string rest) => Read(rest) is null ? "address-cidr" : "address-multiple";

    private static bool HasPort(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !text[(colon + 1)..].All(char.IsAsciiDigit)) return false;
        var host = text[..colon];
        return ReadV4(host) is not null || (host.StartsWith('[') && host.EndsWith(']') && ReadV6(host[1..^1]) is not null);
    }

    private static bool HasLeadingZero(string text) =>
        text.Split('.') is { Length: Ipv4Parts } parts
        && parts.All(static part => part.Length > 0 && part.All(char.IsAsciiDigit))
        && parts.Any(static part => part.Length > 1 && part[0] == '0');

    private static bool LooksLikeName(string text) => text.Contains('.', StringComparison.Ordinal) && text.Any(char.IsLetter) && !text.Contains(':', StringComparison.Ordinal);

    private static IPAddress? ReadV4(string text)
    {
        if (text.Split('.') is not { Length: Ipv4Parts } parts) return null;
        var bytes = new byte[Ipv4Parts];
        for (var at = 0; at < Ipv4Parts; at++)
        {
            var part = parts[at];
            if (part.Length > 1 && part[0] == '0') return null;
            if (!byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out bytes[at])) return null;
        }

        return new IPAddress(bytes);
    }

    private static IPAddress? ReadV6(string text)
    {
        var plain = text.Contains(':', StringComparison.Ordinal) && text.All(static each => char.IsAsciiHexDigit(each) || each is ':' or '.');
        return plain && IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? address : null;
    }

    private static string CodeOf(AddressClass @class) => @class switch
    {
        AddressClass.Private => "address-private",
        AddressClass.Loopback => "address-loopback",
        AddressClass.LinkLocal => "address-link-local",
        AddressClass.Multicast => "address-multicast",
        AddressClass.Broadcast => "address-broadcast",
        AddressClass.Documentation => "address-documentation",
        AddressClass.Shared => "address-shared",
        AddressClass.Benchmarking => "address-benchmarking",
        AddressClass.Unspecified => "address-unspecified",
        AddressClass.Embedded => "address-embedded",
        AddressClass.Reserved or AddressClass.Global => "address-reserved",
    };
}
