using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using VulnDiag.Kintone.Stores;
using VulnDiag.Mail;
using VulnDiag.Mail.Incoming;
using VulnDiag.Mail.Outgoing;
using VulnDiag.Mail.Servers;
using VulnDiag.Worker.Effects;
using VulnDiag.Worker.Inbox;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Composition;

/// <summary>Mail, out and in.</summary>
internal static class MailParts
{
    internal static void Add(IServiceCollection services, WorkerParts parts)
    {
        var settings = parts.Settings;
        services.AddSingleton(provider => TextsOf(settings, provider.GetRequiredService<KintoneAppIds>()));
        services.AddSingleton<MailDesk>();
        services.AddSingleton<DigestDesk>();
        services.AddSingleton<PredecessorsMails>();
        services.AddSingleton<AcceptedAnswers>();
        AddDoors(services, settings.Mail, parts.Home);
    }

    /// <summary>Transport, archive box and mailbox alone.</summary>
    internal static void AddDoors(IServiceCollection services, MailOptions mail, string home)
    {
        if (mail.Door == MailDoor.Maildir) AddMaildir(services, mail, home);
        else AddNetwork(services, mail, home);
    }

    /// <summary>What every mail says of the operator.</summary>
    internal static MailTexts TextsOf(Settings settings, KintoneAppIds apps) => new()
    {
        OperatorName = settings.Mail.FromName.Length > 0 ? settings.Mail.FromName : settings.Operator.Name,
        From = settings.Mail.From,
        ReplyTo = settings.Mail.From,
        CoordinatorMail = settings.Mail.Coordinators,
        Phone = settings.Operator.Phone,
        PortalUrl = string.Create(CultureInfo.InvariantCulture, $"{settings.Kintone.Url.TrimEnd('/')}/k/{apps.Engagement}/show#record={{record}}"),
        SourceAddresses = settings.Scan.Sources,
    };

    private static void AddMaildir(IServiceCollection services, MailOptions mail, string home)
    {
        var folder = Path.GetFullPath(mail.MaildirFolder, home);
        var transport = new MaildirTransport(folder, mail.Archive);
        services.AddSingleton<IMailTransport>(transport);
        services.AddSingleton<ISentArchive>(transport);
        services.AddSingleton<IMailbox>(new MaildirMailbox(folder, mail.From));
    }

    private static void AddNetwork(IServiceCollection services, MailOptions mail, string home)
    {
        services.AddSingleton<IMailTransport>(new SmtpTransport(ServerOf(mail.Smtp, "Smtp", home), mail.Archive));
        services.AddSingleton<ISentArchive>(new ImapSentArchive(ServerOf(mail.ArchiveImap, "ArchiveImap", home)));
        services.AddSingleton<IMailbox>(new ImapMailbox(ServerOf(mail.Imap, "Imap", home)));
    }

    private static MailServer ServerOf(MailServerOptions server, string name, string home) => new()
    {
        Host = server.Host,
        Port = server.Port,
        Security = server.Security switch
        {
            ConnectionSecurity.StartTls => MailSecurity.StartTls,
            ConnectionSecurity.SslOnConnect => MailSecurity.Tls,
        },
        User = server.User,
        Password = SecretFile.Read(server.Password, server.PasswordFile.Length > 0 ? Path.GetFullPath(server.PasswordFile, home) : "", $"Mail:{name}:Password"),
    };
}
