using VulnDiag.Domain;
using VulnDiag.Domain.Steps;
using VulnDiag.Model;

namespace VulnDiag.Worker.Store;

/// <summary>An effect as recorded.</summary>
/// <param name="Key">Its key; the same key is done once.</param>
/// <param name="Engagement">Whose it is.</param>
/// <param name="Kind">Name of the effect's type.</param>
/// <param name="Body">The effect in JSON.</param>
/// <param name="Attempts">How often it was begun, this time included: above 1 an earlier attempt failed or its worker died.</param>
/// <param name="Stage">How far it came, in the words of its kind; empty at the start.</param>
/// <param name="StageAt">When it came there.</param>
/// <param name="Message">Bytes that its kind keeps, such as the mail composed once; null before.</param>
internal sealed record EffectRow(
    string Key, EngagementId Engagement, string Kind, string Body, int Attempts, string Stage, DateTimeOffset? StageAt, byte[]? Message)
{
    internal T As<T>() where T : Effect => Json.Read<T>(Body);
}
