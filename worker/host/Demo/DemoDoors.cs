using System.Security.Cryptography;
using VulnDiag.Lab.Demo;

namespace VulnDiag.Worker.Demo;

/// <summary>Where a visitor comes in after the demo: the portal's address, everybody's login, and the mails.</summary>
internal static class DemoDoors
{
    private const int KeyBytes = 16;

    /// <summary>The word that opens the mail pages, made anew for every run.</summary>
    internal static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));

    internal static async Task WriteAsync(TextWriter output, DemoStage stage, IReadOnlyList<DemoStanding> standings, string mailKey)
    {
        await output.WriteLineAsync();
        await output.WriteLineAsync($"The portal stays up:       {stage.Kintone}");
        await output.WriteLineAsync($"Everybody's mails:         {new Uri(stage.Kintone, "mail/open?key=" + mailKey)}");
        await output.WriteLineAsync($"Password of each account:  {stage.Password}");
        await output.WriteLineAsync("Accounts:");
        foreach (var (user, name, group) in DemoPeople.StaffOf(stage.Scenario)) await output.WriteLineAsync($"  {user,-14} {name} ({group})");
        // Records are opened in the order of the hospitals.
        foreach (var (hospital, standing) in stage.Scenario.Hospitals.Zip(standings)) await output.WriteLineAsync($"  {hospital.User,-14} {standing.Hospital} (record {standing.Record}, {standing.State})");
        await output.WriteLineAsync($"  {DemoSettings.AdministratorUser,-14} manages the apps, sees no records");
        await output.WriteLineAsync("Ctrl+C ends it.");
    }
}
