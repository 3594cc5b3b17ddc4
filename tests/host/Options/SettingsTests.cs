using VulnDiag.TestSupport;
using VulnDiag.Worker.Options;

namespace VulnDiag.Worker.Tests.Options;

public sealed class SettingsTests
{
    private static readonly string Shipped = Path.Combine(SharedMaterial.RepositoryRoot, "appsettings.json");

    [Fact]
    public void The_shipped_settings_are_valid_and_equal_the_defaults_of_the_records()
    {
        var shipped = Load(Shipped);
        var defaults = new Settings();
        foreach (var (key, _) in SettingsBinder.Keys(typeof(Settings)))
            Text(ValueOf(shipped, key)).ShouldBe(Text(ValueOf(defaults, key)), key);
    }

    [Fact]
    public void Every_setting_but_the_secrets_stands_in_the_shipped_file()
    {
        var text = File.ReadAllText(Shipped);
        var keys = SettingsBinder.Keys(typeof(Settings)).Where(static entry => !entry.Property.IsDefined(typeof(SecretAttribute), false));
        foreach (var (_, property) in keys) text.ShouldContain($"\"{property.Name}\"");
    }

    [Fact]
    public void All_faults_are_reported_at_once_by_key_path()
    {
        var faults = Should.Throw<SettingsException>(() => Load(Shipped, environment: new()
        {
            ["VULNDIAG__Scan__PacketsPerSecondPerHost"] = "fast",
            ["VULNDIAG__Scan__AllowedLabRanges__0"] = "127.0.0.0/40",
            ["VULNDIAG__Mail__Smtp__Port"] = "70000",
            ["VULNDIAG__Kintone__Ulr"] = "https://example.cybozu.com",
            ["VULNDIAG__Mail__Answers"] = "Guess",
        })).Faults;
        faults.Select(static fault => fault.Key).ShouldBe(
            ["Kintone:Ulr", "Mail:Answers", "Mail:Smtp:Port", "Scan:AllowedLabRanges", "Scan:PacketsPerSecondPerHost"], ignoreOrder: true);
    }

    [Fact]
    public void An_unknown_section_is_a_fault()
    {
        Should.Throw<SettingsException>(() => Load(Shipped, arguments: new() { ["Scanner:Rate"] = "5" }))
            .Faults.Single().Key.ShouldBe("Scanner");
    }

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_file()
    {
        var settings = Load(
            Shipped,
            environment: new() { ["VULNDIAG__Schedule__IdleSeconds"] = "50", ["VULNDIAG__Health__Port"] = "8123" },
            arguments: new() { ["Schedule:IdleSeconds"] = "40" });
        settings.Schedule.IdleSeconds.ShouldBe(40);
        settings.Health.Port.ShouldBe(8123);
        settings.Schedule.ScanningSeconds.ShouldBe(25);
    }

    [Fact]
    public void A_secret_is_taken_from_the_environment_and_refused_from_the_command_line()
    {
        Load(Shipped, environment: new() { ["VULNDIAG__Kintone__Password"] = "s" }).Kintone.Password.ShouldBe("s");
        Should.Throw<SettingsException>(() => Load(Shipped, arguments: new() { ["Kintone:Password"] = "s" }))
            .Faults.Single().Key.ShouldBe("Kintone:Password");
    }

    [Fact]
    public void A_secret_file_that_others_can_read_is_refused()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "secret\n");
            if (OperatingSystem.IsWindows()) return;
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
            Should.Throw<SettingsException>(() => SecretFile.Read("", file, "Kintone:Password")).Message.ShouldContain("chmod 600");
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            SecretFile.Read("", file, "Kintone:Password").ShouldBe("secret");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Rules_across_fields_are_checked()
    {
        Should.Throw<SettingsException>(() => Load(Shipped, arguments: new() { ["Scan:PacketsPerSecond"] = "10" }))
            .Faults.Single().Key.ShouldBe("Scan:PacketsPerSecond");
    }

    [Fact]
    public void What_the_worker_cannot_run_without_is_named_all_at_once()
    {
        var faults = Should.Throw<SettingsException>(() => SettingsLoader.Require(new Settings(), "Kintone", "Mail")).Faults;
        faults.ShouldContain(static fault => fault.Key == "Kintone:Url");
        faults.ShouldContain(static fault => fault.Key == "Mail:Smtp:Host");
    }

    [Fact]
    public void A_file_that_is_not_json_is_named_with_its_place()
    {
        using var console = new TestConsole();
        var file = console.WriteFile("appsettings.json", "{ \"Scan\": ");
        Should.Throw<SettingsException>(() => Load(file)).Faults.Single().Words.ShouldContain("LineNumber");
    }

    private static Settings Load(string file, Dictionary<string, string>? environment = null, Dictionary<string, string?>? arguments = null) =>
        SettingsLoader.Load(file, environment ?? [], arguments ?? []);

    private static object? ValueOf(object target, string key) =>
        key.Split(':').Aggregate((object?)target, static (value, name) => value!.GetType().GetProperty(name)!.GetValue(value));

    private static string Text(object? value) => value is IEnumerable<string> list ? string.Join(",", list) : value?.ToString() ?? "";
}
