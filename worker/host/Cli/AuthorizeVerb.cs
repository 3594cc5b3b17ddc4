using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using VulnDiag.Domain.Scheduling;
using VulnDiag.Engine.Authorization;
using VulnDiag.Model;
using VulnDiag.Worker.Options;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Cli;

/// <summary><c>authorize</c>: an operator's own signed authorisation for one address.</summary>
internal sealed class AuthorizeVerb : IVerb
{
    private const int LoopbackCeiling = 100_000;
    private static readonly string[] Formats = ["yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    public Command Build(VerbHost host)
    {
        var address = new Option<string>("--address") { Description = "The one address that may be scanned.", HelpName = "IP", Required = true };
        var from = new Option<string>("--from") { Description = "First instant, ISO 8601 with offset: 2026-11-24T22:00:00+09:00.", HelpName = "TIME", Required = true };
        var to = new Option<string>("--to") { Description = "First instant after it.", HelpName = "TIME", Required = true };
        var fqdn = new Option<string?>("--fqdn") { Description = "A name that must resolve to the address.", HelpName = "NAME" };
        var accounts = new Option<bool>("--accounts") { Description = "Consent to checks of default accounts is given." };
        var consent = new Option<string?>("--consent") { Description = "Text of the consent: who gave it, when, for what.", HelpName = "TEXT" };
        var output = new Option<string>("--out") { Description = "Where the authorisation goes.", HelpName = "FILE", Required = true };
        var command = new Command("authorize", "Signs an operator's own authorisation for one address. Audited; the key pair is made on first use.")
            { address, from, to, fqdn, accounts, consent, output };
        command.SetAction(async (result, cancellationToken) =>
        {
            var file = OutPath.OfFile("--out", result.GetValue(output)!);
            var authorization = Compose(
                host, Address(result.GetValue(address)!), Instant("--from", result.GetValue(from)!), Instant("--to", result.GetValue(to)!),
                result.GetValue(fqdn), result.GetValue(accounts), result.GetValue(consent) ?? "") with
            {
                Exclusions = await OperatorExclusions.InForceAsync(host, cancellationToken),
            };
            await SignAsync(host, authorization, file, cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static ScanAuthorization Compose(
        VerbHost host, IPAddress address, DateTimeOffset from, DateTimeOffset to, string? fqdn, bool accounts, string consent)
    {
        var now = host.Console.Time.GetUtcNow();
        if (to <= from) throw new VerbFailure("--to must be later than --from.", ExitCode.WrongUsage);
        if (to <= now) throw new VerbFailure($"The window ended at {Shown(to)}; nothing could be scanned.", ExitCode.WrongUsage);
        var options = host.Settings.Scan;
        var most = IPAddress.IsLoopback(address) ? LoopbackCeiling : options.PacketsPerSecond;
        return new ScanAuthorization
        {
            Id = $"operator-{Guid.NewGuid():N}",
            Address = address.ToString(),
            Fqdn = fqdn?.ToLowerInvariant().TrimEnd('.'),
            Windows = [new AuthorizedPeriod(from.ToUniversalTime(), to.ToUniversalTime())],
            LeaseExpires = to.ToUniversalTime(),
            AllowedLabRanges = options.AllowedLabRanges,
            Budget = new ScanBudget(options.PacketsPerSecondPerHost, most, most),
            Accounts = accounts,
            ConsentHash = Convert.ToHexStringLower(SHA256.HashData(Json.Utf8.GetBytes(consent))),
            ConsentText = consent,
            IssuedBy = Environment.UserName,
            IssuedAt = now,
            SourceAddresses = options.SourceAddresses,
        };
    }

    private static async Task SignAsync(VerbHost host, ScanAuthorization authorization, string file, CancellationToken cancellationToken)
    {
        var refusal = new TargetGuard(host.Settings.Scan.AllowedLabRanges)
            .Refuse(IPAddress.Parse(authorization.Address), authorization.Exclusions, authorization.AllowedLabRanges);
        if (refusal is not null) throw new VerbFailure($"Not authorised: {refusal.Words}");
        var paths = WorkerPaths.Of(host.Settings, host.Console.Home);
        if (paths.KillSwitchIsOn) throw new VerbFailure($"Not authorised: the kill switch is on. Remove {paths.KillSwitch} first.");

        using var signer = await AuthorizationSigner.OpenAsync(paths.SigningKey, cancellationToken);
        using var audit = new AuditLog(await Database.OpenAsync(paths.Data, cancellationToken), host.Console.Time);
        await audit.WriteAsync(
            "authorized", authorization.Address,
            string.Create(CultureInfo.InvariantCulture, $"{authorization.Id} by {authorization.IssuedBy}, {authorization.Windows[0].From:O} to {authorization.Windows[0].To:O}, accounts {authorization.Accounts}, consent {authorization.ConsentHash}"),
            cancellationToken);
        await LeaseFile.WriteAsync(file, signer.Sign(authorization), cancellationToken);
        if (authorization.ConsentText.Length == 0) await host.Console.Error.WriteLineAsync("No consent is on record: --consent \"who gave it, when, for what\" writes it into the authorisation. Scan nothing without it.");
        await host.Console.Error.WriteLineAsync($"Authorised: {authorization.Address} until {Shown(authorization.Windows[0].To)}. Next: vulndiag scan --authorization {file} --out RESULT.json");
    }

    private static string Shown(DateTimeOffset instant) => Jst.Of(instant).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static IPAddress Address(string text) =>
        IPAddress.TryParse(text, out var address) && (text.Contains(':', StringComparison.Ordinal) || text.Count(static c => c == '.') == 3)
            ? address
            : throw new VerbFailure($"--address: '{text}' is no IPv4 or IPv6 address.", ExitCode.WrongUsage);

    private static DateTimeOffset Instant(string option, string text)
    {
        var hasOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);
        return hasOffset && DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant
            : throw new VerbFailure($"{option}: '{text}' is no time with an offset, such as 2026-11-24T22:00:00+09:00.", ExitCode.WrongUsage);
    }
}
