namespace VulnDiag.Lab.Kintone.Faults;

/// <summary>A fault to play.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Times">For how many matching requests; null until it is cleared.</param>
/// <param name="Method">The HTTP method it is for; null for any.</param>
/// <param name="PathContains">Text in the path it is for; null for any path.</param>
/// <param name="Delay">How late the answer is, for <see cref="FaultKind.Latency"/>.</param>
public sealed record Fault(FaultKind Kind, int? Times = 1, string? Method = null, string? PathContains = null, TimeSpan Delay = default);
