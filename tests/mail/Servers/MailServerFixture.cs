using System.Diagnostics;
using System.Globalization;
using MailKit;
using MailKit.Search;
using MailKit.Net.Imap;
using VulnDiag.Mail.Servers;
using VulnDiag.TestSupport;

[assembly: AssemblyFixture(typeof(VulnDiag.Mail.Servers.MailServerFixture))]

namespace VulnDiag.Mail.Servers;

/// <summary>A real postfix and dovecot on loopback, started by the first test that wants them. Tests skip where they are not installed.</summary>
public sealed class MailServerFixture : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _once = new(1);
    private Dictionary<string, string>? _settings;
    private string _script = "";

    internal string this[string name] => _settings![name];

    internal int Port(string name) => int.Parse(this[name], CultureInfo.InvariantCulture);

    internal async Task StartAsync()
    {
        _script = SharedMaterial.PathOf("mail/mailserver.sh");
        if (Environment.UserName != "root" || !File.Exists("/usr/sbin/postfix") || !File.Exists("/usr/sbin/dovecot"))
            Assert.Skip("postfix and dovecot are not installed, or this is not root: see ../shared/mail/README.md.");
        await _once.WaitAsync();
        try
        {
            _settings ??= (await RunAsync("up")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => line.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[1].Trim('\'', '"'));
        }
        finally
        {
            _once.Release();
        }
    }

    /// <summary>A command of mailserver.sh about the running server.</summary>
    internal Task<string> CommandAsync(string command, params string[] arguments) => RunAsync([command, this["VD_MAIL_DIR"], .. arguments]);

    /// <summary>Our submission login at one of the ports.</summary>
    internal MailServer Smtp(string port, MailSecurity security) => new()
    {
        Host = this["VD_MAIL_HOST"],
        Port = Port(port),
        Security = security,
        User = this["VD_MAIL_USER"],
        Password = this["VD_MAIL_PASSWORD"],
        TrustedCaFile = this["VD_MAIL_CA"],
        Timeout = TimeSpan.FromSeconds(20),
    };

    /// <summary>The login of one mailbox.</summary>
    internal MailServer Imap(string user) => Smtp("VD_IMAP_TLS_PORT", MailSecurity.Tls) with
    {
        User = this[user],
        Password = this[user is "VD_MAIL_USER" ? "VD_MAIL_PASSWORD" : "VD_MAIL_VENDOR_PASSWORD"],
    };

    /// <summary>Waits, by IMAP IDLE, until INBOX holds so many mails.</summary>
    /// <summary>Waits for one mail by its Message-ID: what an earlier test sent may still be on its way.</summary>
    internal Task WaitForMailAsync(string user, string messageId) =>
        WaitAsync(user, async (inbox, cancellationToken) => (await inbox.SearchAsync(SearchQuery.HeaderContains("Message-Id", messageId), cancellationToken)).Count > 0);

    internal Task WaitForMailsAsync(string user, int count) => WaitAsync(user, (inbox, _) => Task.FromResult(inbox.Count >= count));

    private async Task WaitAsync(string user, Func<IMailFolder, CancellationToken, Task<bool>> arrived)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        using var client = new RuledImapClient(Imap(user));
        await TlsRules.LogInAsync(client, Imap(user), limit.Token);
        await client.Inbox!.OpenAsync(FolderAccess.ReadOnly, limit.Token);
        while (!await arrived(client.Inbox, limit.Token))
        {
            var seen = client.Inbox.Count;
            using var done = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
            void OnCountChanged(object? sender, EventArgs change) => done.Cancel();
            client.Inbox.CountChanged += OnCountChanged;
            if (client.Inbox.Count == seen) await client.IdleAsync(done.Token, limit.Token);
            client.Inbox.CountChanged -= OnCountChanged;
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_settings is not null) await CommandAsync("down");
        _once.Dispose();
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [_script, .. arguments]) { RedirectStandardOutput = true })!;
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.ShouldBe(0, $"mailserver.sh {string.Join(' ', arguments)}");
        return output;
    }
}
