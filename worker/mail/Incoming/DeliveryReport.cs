using System.Text.RegularExpressions;
using MimeKit;

namespace VulnDiag.Mail.Incoming;

/// <summary>What a report says of one recipient.</summary>
/// <param name="Action">Lower case: failed, delayed, delivered, relayed, expanded; empty where it is not said.</param>
/// <param name="Recipient">Address, or null.</param>
/// <param name="Status">Three numbers, or null.</param>
internal sealed record DeliveryOutcome(string Action, string? Recipient, string? Status)
{
    /// <summary>True also for an action that RFC 3464 does not know, unless the status speaks against it.</summary>
    internal bool Failed => Action is "failed"
        || (Action is not ("delayed" or "delivered" or "relayed" or "expanded") && Status?.StartsWith('2') != true && !StillTrying);

    internal bool Delayed => Action is "delayed" || (Action.Length == 0 && StillTrying);

    private bool StillTrying => Status?.StartsWith('4') == true;
}

/// <summary>Reads message/delivery-status parts. Read here and not by MimeKit's StatusGroups, which has thrown on real reports.</summary>
/// <remarks>
/// Source: RFC 3464 section 2. Real mailers use blank lines loosely and put the fields in any order: a group ends where a field comes again,
/// or at a blank line once it is whole.
/// </remarks>
internal static partial class DeliveryReport
{
    private static readonly HashSet<string> Telling = ["final-recipient", "original-recipient", "action", "status", "diagnostic-code"];

    /// <summary>The outcomes in order; null when the mail has no such part.</summary>
    internal static IReadOnlyList<DeliveryOutcome>? Of(MailContent mail)
    {
        var parts = mail.Parts.Where(static part => part.ContentType.IsMimeType("message", "delivery-status")
            || part.ContentType.IsMimeType("message", "global-delivery-status")).ToList();
        if (parts.Count > 0) return [.. parts.SelectMany(static part => Outcomes(MailContent.TextOf(part)))];
        return mail.ReportType is "delivery-status" && mail.Unparted.Length > 0 ? [.. Outcomes(mail.Unparted)] : null;
    }

    /// <summary>The envelope id that we gave (our Message-ID), or null.</summary>
    internal static string? EnvelopeId(MailContent mail) => mail.OfType("message", "delivery-status")
        .Select(static part => Fields(MailContent.TextOf(part)).FirstOrDefault(static field => field.Name == "original-envelope-id").Value)
        .FirstOrDefault(static value => value is not null);

    /// <summary>The three numbers of an enhanced status code in a text, or null.</summary>
    internal static string? StatusIn(string text)
    {
        var match = StatusPattern().Match(text);
        return match.Success ? match.Value : null;
    }

    private static IEnumerable<DeliveryOutcome> Outcomes(string report)
    {
        var group = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value, afterGap) in Fields(report))
        {
            if (!Telling.Contains(name)) continue;
            if (group.ContainsKey(name) || (afterGap && IsWhole(group)))
            {
                yield return Outcome(group);
                group = new Dictionary<string, string>(StringComparer.Ordinal);
            }

            group[name] = value;
        }

        if (group.Count > 0) yield return Outcome(group);
    }

    private static bool IsWhole(Dictionary<string, string> group) =>
        (group.ContainsKey("final-recipient") || group.ContainsKey("original-recipient")) && (group.ContainsKey("action") || group.ContainsKey("status"));

    private static DeliveryOutcome Outcome(Dictionary<string, string> group)
    {
        var action = ActionWord().Match(group.GetValueOrDefault("action", "")).Value.ToLowerInvariant();
        var recipient = Address(group.GetValueOrDefault("final-recipient")) ?? Address(group.GetValueOrDefault("original-recipient"));
        var status = StatusIn(group.GetValueOrDefault("status", "")) ?? StatusIn(group.GetValueOrDefault("diagnostic-code", ""));
        return new DeliveryOutcome(action, recipient, status);
    }

    /// <summary>Names in lower case; folded lines joined; whether a blank line stood before.</summary>
    private static List<(string Name, string Value, bool AfterGap)> Fields(string report)
    {
        var (fields, gap) = (new List<(string Name, string Value, bool AfterGap)>(), false);
        foreach (var line in report.ReplaceLineEndings("\n").Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var folded = line.Length > 0 && line[0] is ' ' or '\t';
            if (folded && fields.Count > 0 && !gap) fields[^1] = fields[^1] with { Value = $"{fields[^1].Value} {line.Trim()}" };
            else if (colon > 0 && !folded) fields.Add((line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim(), gap));
            gap = string.IsNullOrWhiteSpace(line);
        }

        return fields;
    }

    private static string? Address(string? field)
    {
        if (field is null) return null;
        var address = field[(field.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim().Trim('<', '>', ' ');
        return address.Length == 0 ? null : address;
    }

    [GeneratedRegex(@"(?<![0-9.])[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])", RegexOptions.CultureInvariant)]
    private static partial Regex StatusPattern();

    [GeneratedRegex("^[A-Za-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex ActionWord();
}
