using System.Text;
using Newtonsoft.Json;
using VulnDiag.Engine.Probes;
using VulnDiag.Engine.Probes.Wire;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checks.Accounts;

/// <summary>A web log-in takes the name and password that the device came with (default-accounts.json): at most three tries.</summary>
/// <remarks>Source: RFC 7617 (Basic). Forms are not filled in: what they do cannot be foreseen.</remarks>
internal sealed class HttpDefaultPasswordCheck : IActiveCheck
{
    private const int MaxTries = 3;
    private static readonly IReadOnlyList<DefaultAccount> Accounts =
        Json.Read<IReadOnlyList<DefaultAccount>>(EmbeddedData.Text("Checks.Data.default-accounts.json"));

    public string Id => "http-default-password";

    public ActiveCheckCost Cost { get; } = new(MaxRequests: 1 + MaxTries, CheckRisk.Counted) { NeedsAccountConsent = true };

    public bool AppliesTo(PortResult port) =>
        port.Service is "http" or "https" && port.Facts.GetValueOrDefault(FactNames.PlainLogin) == FactNames.Yes;

    public async ValueTask<CheckOutcome> RunAsync(CheckFacts facts, ProbeContext context, CancellationToken cancellationToken)
    {
        if (await AskAsync(context, null, cancellationToken) is not { Status: 401 }) return CheckOutcome.CannotTell("The page does not ask for a log-in now.");
        foreach (var account in Accounts.Where(account => account.Fits(facts)).Take(MaxTries))
        {
            var answer = await AskAsync(context, account, cancellationToken);
            if (answer is null or { Status: 429 or >= 500 }) return CheckOutcome.CannotTell("The device stopped answering log-ins.");
            // The password itself stays out of the evidence, as reports are read by many.
            if (answer.Status is not (401 or 403)) return CheckOutcome.Positive(Evidence.Of($"user '{account.User}' with its factory password -> {answer.StatusLine}"), qod: 98);
        }

        return CheckOutcome.Negative();
    }

    private static async ValueTask<HttpAnswer?> AskAsync(ProbeContext context, DefaultAccount? account, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        var login = account is null ? "" : $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account.User}:{account.Password}"))}\r\n";
        await link.SendAsync(HttpRequest.Build(context.Target.HostName, "/", login), cancellationToken);
        return HttpAnswer.TryParse((await link.ReadUntilAsync(HttpAnswer.IsWhole, cancellationToken)).Span);
    }

    /// <summary>A row of default-accounts.json.</summary>
    internal sealed record DefaultAccount
    {
        /// <summary>The device, as <see cref="FactNames.ManagementScreen"/> names it; null for devices that no fingerprint knows.</summary>
        public string? Screen { get; init; }

        [JsonProperty(Required = Required.Always)]
        public required string User { get; init; }

        [JsonProperty(Required = Required.Always)]
        public required string Password { get; init; }

        /// <summary>Where the maker or the finder says so.</summary>
        [JsonProperty(Required = Required.Always)]
        public required string Source { get; init; }

        public bool Fits(CheckFacts facts) => facts.Fact(FactNames.ManagementScreen) == Screen;
    }
}
