using VulnDiag.Kintone.Apps;
using VulnDiag.Kintone.Client;
using VulnDiag.Worker.Options;
using KintoneOptions = VulnDiag.Worker.Options.KintoneOptions;

namespace VulnDiag.Worker.Composition;

/// <summary>Opens kintone as the settings say.</summary>
internal static class KintoneDoor
{
    /// <summary>A client signed in as the worker.</summary>
    /// <exception cref="SettingsException">A setting is missing or the password file cannot be used.</exception>
    internal static KintoneClient Open(Settings settings, string home, TimeProvider time)
    {
        SettingsLoader.Require(settings, nameof(Settings.Kintone));
        var kintone = settings.Kintone;
        var file = kintone.PasswordFile.Length > 0 ? Path.GetFullPath(kintone.PasswordFile, home) : "";
        return Open(kintone.Url, kintone.User, SecretFile.Read(kintone.Password, file, "Kintone:Password"), kintone, time);
    }

    /// <summary>A client signed in as somebody.</summary>
    internal static KintoneClient Open(string url, string user, string password, KintoneOptions options, TimeProvider time) => new(
        new VulnDiag.Kintone.Client.KintoneOptions
        {
            BaseUrl = url,
            Login = user,
            Password = password,
            Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
        },
        time);

    /// <summary>The apps as code, in the tenant of this client.</summary>
    internal static AppsAsCode Apps(KintoneClient client, string url, KintoneOptions options, string home, bool allowDestroy = false, bool takeDrafts = false) => new(
        client,
        new AppsOptions
        {
            Tenant = url.TrimEnd('/'),
            IdFile = options.AppIdFile.Length > 0 ? Path.GetFullPath(options.AppIdFile, home) : null,
            AllowDestroy = allowDestroy,
            TakeDrafts = takeDrafts,
        });
}
