using Newtonsoft.Json;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>An app with its live and its preview settings.</summary>
/// <param name="Id">The app's id.</param>
/// <param name="Code">The app code, empty when none is set.</param>
/// <param name="GuestSpace">The guest space the app is in, or null.</param>
/// <param name="Creator">The login name of the user who made it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Modifier">The login name of the user who last deployed it.</param>
/// <param name="ModifiedAt">When it was last deployed.</param>
/// <param name="Live">The settings in force; null until the first deployment.</param>
/// <param name="Preview">The settings being edited.</param>
/// <param name="Deployment">How the last deployment stands.</param>
internal sealed record AppDocument(
    long Id,
    string Code,
    long? GuestSpace,
    string Creator,
    DateTimeOffset CreatedAt,
    string Modifier,
    DateTimeOffset ModifiedAt,
    AppSettings? Live,
    AppSettings Preview,
    DeploymentState Deployment) : IDocument
{
    /// <summary>The space that is no guest space and that the app is in, or null.</summary>
    public long? Space { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public string Key => Keys.Of(Id);
}
