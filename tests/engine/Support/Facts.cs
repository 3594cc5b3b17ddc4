using VulnDiag.Engine.Checks;
using VulnDiag.Model;

namespace VulnDiag.Engine.Support;

/// <summary>Facts for checks.</summary>
internal static class Facts
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.FromHours(9));

    public static CheckFacts Of(PortResult port, params PortResult[] others) =>
        new(port, [port, .. others], new ScanTarget("192.0.2.10", "www.example.jp"), Now);

    /// <summary>An open port that speaks <paramref name="service"/>, with facts as name and value by turns.</summary>
    public static PortResult Port(string? service, params string[] facts) => new()
    {
        Protocol = Transport.Tcp,
        Port = 4242,
        State = "open",
        Service = service,
        Confidence = 90,
        Facts = facts.Chunk(2).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal),
    };
}
