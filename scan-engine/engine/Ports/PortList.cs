using System.Globalization;
using VulnDiag.Model;

namespace VulnDiag.Engine.Ports;

/// <summary>A list of ports as it is typed, or what is wrong with it.</summary>
/// <param name="Ports">Ascending, each once; empty when <paramref name="Fault"/> is set or none was asked for.</param>
/// <param name="Fault">One sentence, or null.</param>
public sealed record PortListReading(IReadOnlyList<int> Ports, string? Fault);

/// <summary>Reads port lists: <c>-</c> for all, <c>22,80,8000-8100</c>, and for UDP <c>top100</c> and <c>top1000</c>.</summary>
public static class PortList
{
    /// <summary>The highest port.</summary>
    public const int Highest = 65535;

    /// <summary>Reads a list.</summary>
    public static PortListReading Parse(string text, Transport transport)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0) return new([], null);
        if (trimmed == "-") return new([.. Enumerable.Range(1, Highest)], null);
        if (transport == Transport.Udp && trimmed is "top100" or "top1000") return new([.. UdpTopPorts.First(trimmed == "top100" ? 100 : 1000).Order()], null);
        var ports = new SortedSet<int>();
        foreach (var part in trimmed.Split(','))
        {
            var ends = part.Split('-');
            var from = ParsePort(ends[0]);
            var to = ends.Length > 1 ? ParsePort(ends[1]) : from;
            if (ends.Length > 2 || from is null || to is null || to < from)
                return new([], $"'{part}' is neither a port between 1 and {Highest} nor a range such as 8000-8100.");
            for (var port = from.Value; port <= to; port++) ports.Add(port);
        }

        return new([.. ports], null);
    }

    /// <summary>Writes ports as a list with ranges, the shortest form that <see cref="Parse"/> reads back.</summary>
    internal static string Format(IEnumerable<int> ports)
    {
        var ranges = new List<string>();
        int? from = null;
        var last = 0;
        foreach (var port in ports.Order())
        {
            if (from is not null && port != last + 1) Close();
            from ??= port;
            last = port;
        }

        Close();
        return string.Join(',', ranges);

        void Close()
        {
            if (from is { } first) ranges.Add(first == last ? $"{first}" : $"{first}-{last}");
            from = null;
        }
    }

    private static int? ParsePort(string text) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= Highest ? port : null;
}
