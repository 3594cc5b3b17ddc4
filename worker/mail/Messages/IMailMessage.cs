using System.Reflection;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Messages;

/// <summary>One kind of mail. A folder holds its class and its templates (subject.txt, body.txt, body.html); found by reflection.</summary>
internal interface IMailMessage
{
    /// <summary>The kind; the folder has its name.</summary>
    MailKind Kind { get; }

    /// <summary>What its templates show.</summary>
    MailView View(MailScene scene);
}

/// <summary>Every kind of mail.</summary>
internal static class MailMessages
{
    private static readonly Dictionary<MailKind, IMailMessage> ByKind = Assembly.GetExecutingAssembly().GetTypes()
        .Where(static type => type.IsClass && type.IsAssignableTo(typeof(IMailMessage)))
        .Select(static type => (IMailMessage)Activator.CreateInstance(type)!)
        .ToDictionary(static message => message.Kind);

    internal static IEnumerable<IMailMessage> All => ByKind.Values.OrderBy(static message => message.Kind);

    internal static IMailMessage Of(MailKind kind) => ByKind[kind];
}
