using System.Text;
using System.Text.RegularExpressions;
using VulnDiag.Model;

namespace VulnDiag.Engine.Probes;

/// <summary>Recognises the daytime service, which says the time by itself.</summary>
/// <remarks>Worst case: 1 connection, nothing sent. Source: RFC 867.</remarks>
internal sealed partial class DaytimeProbe : IServiceProbe
{
    public ProbeInfo Info { get; } = new("daytime", Transport.Tcp, Ports: [13], MaxRequests: 0);

    public async ValueTask<ProbeOutcome> RunAsync(ProbeContext context, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        var answer = await link.ReadAsync(cancellationToken);
        if (answer.IsEmpty) return ProbeOutcome.Silent();
        return Time().IsMatch(Encoding.Latin1.GetString(answer.Span))
            ? ProbeOutcome.Identified(new Identification { Service = "daytime" }, Evidence.Of(answer))
            : ProbeOutcome.NoMatch(Evidence.Of(answer));
    }

    [GeneratedRegex(@"^[\x20-\x7E]{0,40}\d{1,2}:\d{2}(?::\d{2})?[\x20-\x7E]{0,40}\r?\n?$", RegexOptions.CultureInvariant)]
    private static partial Regex Time();
}
