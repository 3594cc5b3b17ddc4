namespace VulnDiag.Mail.Messages;

/// <summary>A mail that also tells where the scan's packets come from.</summary>
internal sealed class SourcesView(MailScene scene) : MailView(scene)
{
    public IReadOnlyList<string> SourceAddresses { get; } = [.. scene.Texts.SourceAddresses.Select(static address => address.ToString())];
}
