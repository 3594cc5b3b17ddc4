using Newtonsoft.Json;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>A webhook of an app.</summary>
internal sealed record Webhook(string Url, WebhookEvents Events);

/// <summary>All webhooks of an app.</summary>
internal sealed record WebhookDocument(long App, IReadOnlyList<Webhook> Webhooks) : IDocument
{
    /// <summary>Most webhooks of an app. Source: community material, see docs/kintone-behaviour.md.</summary>
    public const int Most = 10;

    /// <inheritdoc/>
    [JsonIgnore]
    public string Key => Keys.Of(App);
}
