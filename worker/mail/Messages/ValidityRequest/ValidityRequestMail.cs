using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages.ValidityRequest;

/// <summary>Asks a vendor, by its roles, whether what the hospital said of its lines is right.</summary>
internal sealed class ValidityRequestMail : IMailMessage
{
    public MailKind Kind => MailKind.ValidityRequest;

    public MailView View(MailScene scene) => new ValidityRequestView(scene) { TellsHowToStop = true };
}

internal sealed class ValidityRequestView(MailScene scene) : MailView(scene)
{
    public IReadOnlyList<LineChecks> Checks => [.. Lines.Select(static line => new LineChecks(line))];
}
