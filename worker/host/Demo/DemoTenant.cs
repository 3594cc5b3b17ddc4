using VulnDiag.Kintone.Client;
using VulnDiag.Lab;
using VulnDiag.Lab.Demo;
using VulnDiag.Lab.Kintone;
using VulnDiag.Lab.Portal;
using VulnDiag.Worker.Composition;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Demo;

/// <summary>The demo's kintone: the emulator with its users and groups, and our apps in it.</summary>
internal static class DemoTenant
{
    internal static Task<KintoneEmulator> StartAsync(DemoFolder folder, Scenario scenario, int port, string password, string mailKey, JumpClock clock, CancellationToken cancellationToken) =>
        KintoneEmulator.StartAsync(
            new KintoneEmulatorOptions
            {
                Port = port,
                DataFolder = Path.Combine(folder.Data, "kintone"),
                Time = clock,
                Portal = new PortalOptions { MailFolder = folder.Mail, MailKey = mailKey },
                Users =
                [
                    new EmulatorUser(DemoSettings.AdministratorUser, password, []) { Administrator = true },
                    new EmulatorUser(DemoSettings.WorkerUser, password, ["worker"]),
                    .. DemoPeople.StaffOf(scenario).Select(person => new EmulatorUser(person.User, password, [person.Group]) { Name = person.Name }),
                    .. scenario.Hospitals.Select(hospital => new EmulatorUser(hospital.User, password, ["hospitals"])),
                ],
            },
            cancellationToken);

    /// <summary>Makes the apps as they are defined; changes nothing when they already are.</summary>
    internal static async Task ApplyAppsAsync(Settings settings, string password, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var client = KintoneDoor.Open(settings.Kintone.Url, DemoSettings.AdministratorUser, password, settings.Kintone, clock);
        var applied = await KintoneDoor.Apps(client, settings.Kintone.Url, settings.Kintone, AppContext.BaseDirectory).ApplyAsync(cancellationToken);
        if (!applied.Succeeded) throw new InvalidOperationException($"The kintone apps could not be made: {string.Join(" ", applied.Lines)}");
    }
}
