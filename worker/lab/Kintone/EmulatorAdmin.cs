using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;
using VulnDiag.Lab.Kintone.Webhooks;

namespace VulnDiag.Lab.Kintone;

/// <summary>What people do in a real tenant's administration pages: users, groups, organisations, tokens, app codes. Thread-safe.</summary>
public sealed class EmulatorAdmin
{
    private readonly Tenant _tenant;

    internal EmulatorAdmin(Tenant tenant) => _tenant = tenant;

    /// <summary>Adds a user, or changes the one of the same login name. Missing groups and organisations are made.</summary>
    public Task AddUserAsync(EmulatorUser user, CancellationToken cancellationToken) => _tenant.RunAsync(
        transaction =>
        {
            foreach (var group in user.Groups) EnsureGroup(transaction, group, group);
            foreach (var organization in user.Organizations) EnsureOrganization(transaction, organization, organization);
            var (salt, hash) = Passwords.Protect(user.Password);
            transaction.Put(_tenant.Users, new UserDocument(user.Code, user.Name ?? user.Code, salt, hash, [.. user.Groups], user.Administrator) { Organizations = [.. user.Organizations] });
            return true;
        },
        cancellationToken);

    /// <summary>Adds a group; one that is there already stays as it is.</summary>
    public Task AddGroupAsync(string code, string name, CancellationToken cancellationToken) => _tenant.RunAsync(
        transaction =>
        {
            EnsureGroup(transaction, code, name);
            return true;
        },
        cancellationToken);

    /// <summary>Adds an organisation; one that is there already stays as it is.</summary>
    public Task AddOrganizationAsync(string code, string name, CancellationToken cancellationToken) => _tenant.RunAsync(
        transaction =>
        {
            EnsureOrganization(transaction, code, name);
            return true;
        },
        cancellationToken);

    /// <summary>Makes an API token for an app. It works at once; kintone would wait for the app's next deployment.</summary>
    /// <returns>The token; it is shown once and kept as a hash.</returns>
    /// <exception cref="ArgumentException">There is no such app.</exception>
    public Task<string> AddTokenAsync(long app, ApiTokenRights rights, CancellationToken cancellationToken) => _tenant.RunAsync(
        transaction =>
        {
            if (_tenant.Apps.Find(Keys.Of(app)) is null) throw new ArgumentException($"There is no app {app}.", nameof(app));
            var token = Passwords.NewToken();
            transaction.Put(_tenant.Tokens, new TokenDocument(Passwords.TokenHash(token), app, rights));
            return token;
        },
        cancellationToken);

    /// <summary>Deletes an API token; requests with it are refused from then on, also by an emulator in another process.</summary>
    /// <returns>False when there was no such token.</returns>
    public Task<bool> RemoveTokenAsync(string token, CancellationToken cancellationToken) => _tenant.RunAsync(
        transaction =>
        {
            if (_tenant.Token(Passwords.TokenHash(token)) is not { } known) return false;
            transaction.Remove(_tenant.Tokens, known);
            return true;
        },
        cancellationToken);

    /// <summary>Adds a webhook to an app, or changes what the one of the same address tells; <see cref="WebhookEvents.None"/> takes it away.</summary>
    /// <exception cref="ArgumentException">There is no such app, the address is not plain HTTP to this machine, or the app has ten already.</exception>
    public Task SetWebhookAsync(long app, string url, WebhookEvents events, CancellationToken cancellationToken) => _tenant.RunAsync(
        transaction =>
        {
            if (_tenant.Apps.Find(Keys.Of(app)) is null) throw new ArgumentException($"There is no app {app}.", nameof(app));
            if (!WebhookSender.IsAllowed(url)) throw new ArgumentException($"{url} is not plain HTTP to localhost.", nameof(url));
            var others = _tenant.WebhooksOf(app).Where(webhook => webhook.Url != url);
            IReadOnlyList<Webhook> webhooks = events == WebhookEvents.None ? [.. others] : [.. others, new Webhook(url, events)];
            if (webhooks.Count > WebhookDocument.Most) throw new ArgumentException($"App {app} has {WebhookDocument.Most} webhooks already.", nameof(url));
            transaction.Put(_tenant.Webhooks, new WebhookDocument(app, webhooks));
            return true;
        },
        cancellationToken);

    /// <summary>Makes an API token in a data folder, also while an emulator in another process works on it.</summary>
    /// <returns>The token; it is shown once and kept as a hash.</returns>
    /// <exception cref="ArgumentException">There is no data in the folder, or no such app in it.</exception>
    public static async Task<string> AddTokenToFolderAsync(string dataFolder, long app, ApiTokenRights rights, CancellationToken cancellationToken)
    {
        var database = KintoneEmulator.DatabaseOf(dataFolder);
        if (!File.Exists(database)) throw new ArgumentException($"There is no emulator data in {dataFolder}.", nameof(dataFolder));
        using var tenant = new Tenant(new SqliteStore(database));
        return await new EmulatorAdmin(tenant).AddTokenAsync(app, rights, cancellationToken);
    }

    /// <summary>Sets an app's code, by which <c>apps.json</c> finds it and which record numbers then carry.</summary>
    /// <exception cref="ArgumentException">There is no such app.</exception>
    public Task SetAppCodeAsync(long app, string code, CancellationToken cancellationToken) => _tenant.RunAsync(
        transaction =>
        {
            var document = _tenant.Apps.Find(Keys.Of(app)) ?? throw new ArgumentException($"There is no app {app}.", nameof(app));
            transaction.Put(_tenant.Apps, document with { Code = code });
            return true;
        },
        cancellationToken);

    private void EnsureOrganization(Transaction transaction, string code, string name)
    {
        if (_tenant.Organizations.Find(code) is null) transaction.Put(_tenant.Organizations, new OrganizationDocument(code, name));
    }

    private void EnsureGroup(Transaction transaction, string code, string name)
    {
        if (_tenant.Groups.Find(code) is null) transaction.Put(_tenant.Groups, new GroupDocument(code, name));
    }
}
