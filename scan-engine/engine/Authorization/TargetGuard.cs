using System.Net;

namespace VulnDiag.Engine.Authorization;

/// <summary>Whether an address may be a target at all: its class, the exclusions, the lab ranges that this process allows.</summary>
/// <remarks>Immutable. Source: SPEC "When a packet may leave".</remarks>
public sealed class TargetGuard
{
    private readonly IReadOnlyList<AddressRange> _labRanges;

    /// <summary>A guard with the ranges of the setting <c>Scan:AllowedLabRanges</c>; empty in the shipped default.</summary>
    /// <exception cref="ArgumentException">A range cannot be read.</exception>
    public TargetGuard(IEnumerable<string> allowedLabRanges) => _labRanges = [.. allowedLabRanges.Select(Parse)];

    /// <summary>Judges an address.</summary>
    /// <param name="address">The address.</param>
    /// <param name="exclusions">Addresses and ranges that are never touched.</param>
    /// <param name="authorizedLabRanges">Lab ranges that the authorisation names; a lab address needs them and the process's setting.</param>
    /// <returns>Null when it may be scanned.</returns>
    public Refusal? Refuse(IPAddress address, IEnumerable<string> exclusions, IEnumerable<string> authorizedLabRanges)
    {
        foreach (var text in exclusions)
        {
            if (AddressRange.TryParse(text) is not { } range) return new Refusal("exclusion-unreadable", $"The exclusion '{text}' cannot be read, so nothing can be scanned.");
            if (range.Holds(address)) return new Refusal("address-excluded", $"{address} is on the exclusion list ({text}).");
        }

        if (SpecialPurposeAddresses.Refuse(address) is not { } refusal) return null;
        var allowedHere = _labRanges.Any(range => range.Holds(address));
        var authorized = authorizedLabRanges.Any(text => AddressRange.TryParse(text)?.Holds(address) == true);
        return (allowedHere, authorized) switch
        {
            (true, true) => null,
            (false, _) => refusal with { Words = refusal.Words + " The setting Scan:AllowedLabRanges does not allow it." },
            (true, false) => refusal with { Words = refusal.Words + " The authorisation does not name it as a lab range." },
        };
    }

    private static AddressRange Parse(string text) =>
        AddressRange.TryParse(text) ?? throw new ArgumentException($"Scan:AllowedLabRanges: '{text}' is neither an address nor a range.");
}
