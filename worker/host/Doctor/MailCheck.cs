using Microsoft.Extensions.DependencyInjection;
using VulnDiag.Mail.Incoming;
using VulnDiag.Mail.Outgoing;
using VulnDiag.Worker.Composition;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Doctor;

/// <summary>Whether the mailbox and the archive box can be read. Nothing is sent.</summary>
internal sealed class MailCheck : IDoctorCheck
{
    public string Name => "mail";

    public async Task<Diagnosis> LookAsync(DoctorRoom room, CancellationToken cancellationToken)
    {
        try
        {
            SettingsLoader.Require(room.Settings, nameof(Settings.Mail));
            if (Unmade(room) is { } unmade) return unmade;
            var services = new ServiceCollection();
            MailParts.AddDoors(services, room.Settings.Mail, room.Console.Home);
            await using var doors = services.BuildServiceProvider();
            await doors.GetRequiredService<ISentArchive>().ContainsAsync("doctor@vulndiag.invalid", cancellationToken);
            await doors.GetRequiredService<IMailbox>().ReadAsync("", skip: 0, cancellationToken);
            return new Diagnosis(Name, Verdict.Good, "The mailbox and the archive box can be read.");
        }
        catch (SettingsException fault)
        {
            return new Diagnosis(Name, Verdict.Mend, $"Not set up yet: {fault.Faults[0].Key} {fault.Faults[0].Words}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Diagnosis(Name, Verdict.Mend, fault.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>Reading a Maildir makes its folders, which is the worker's to do.</summary>
    private Diagnosis? Unmade(DoctorRoom room)
    {
        var mail = room.Settings.Mail;
        if (mail.Door != MailDoor.Maildir) return null;
        var folder = Path.GetFullPath(mail.MaildirFolder, room.Console.Home);
        if (!Directory.Exists(folder)) return new Diagnosis(Name, Verdict.Mend, $"There is no folder {folder}: make it, or mend Mail:MaildirFolder.");
        return MaildirMailbox.IsAt(folder, mail.From) ? null : new Diagnosis(Name, Verdict.Good, $"The mailbox in {folder} is not there yet; the worker makes it.");
    }
}
