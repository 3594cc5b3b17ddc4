using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Findings;
using VulnDiag.Domain.Hearing;
using VulnDiag.Domain.Mailing;
using VulnDiag.Model;

namespace VulnDiag.Domain.Steps;

/// <summary>速報: what cannot wait for the report stands in 確認事項, where the hospital alone reads it; the mail only says where to look.</summary>
/// <remarks>Source: SPEC "Mail" 6 (KEV, backdoor, default password, 緊急 on a line that reaches the medical records).</remarks>
internal static class FlashReport
{
    private const int MostShown = 10;

    /// <summary>Shows the confirmed urgent findings while there are any, and orders the mail once for the same ones.</summary>
    internal static void Tell(StepDraft draft)
    {
        var urgent = draft.Context.Findings.Where(finding => DoNow(finding, draft) is not null)
            .OrderBy(static finding => finding.Machine.Kind switch { FindingKind.Backdoor => 0, FindingKind.Account => 1, _ => 2 })
            .ThenBy(static finding => finding.Severity)
            .ThenBy(static finding => finding.Identity.ToString(), StringComparer.Ordinal).ToList();
        draft.TellHospital(Sentences(urgent, draft));
        if (urgent.Count == 0) return;
        var about = FactHash.Short(urgent.Select(static finding => finding.Identity.ToString()).Order(StringComparer.Ordinal));
        draft.Mail(MailKind.FlashReport, draft.Hospital, about, order => order with
        {
            Lines = [.. urgent.Select(static finding => finding.Identity.Line).Distinct().Order()],
        });
    }

    private static IEnumerable<string> Sentences(List<FindingRecord> urgent, StepDraft draft)
    {
        if (urgent.Count == 0) yield break;
        yield return Texts.Of("flash-head");
        foreach (var finding in urgent.Take(MostShown))
        {
            var (identity, title) = (finding.Identity, finding.Machine.TitleJa.ReplaceLineEndings(" "));
            yield return Texts.Of("flash-finding", identity.Line, identity.Protocol.ToString().ToUpperInvariant(), identity.Port, title, finding.Severity.NameJa());
            yield return Texts.Of(DoNow(finding, draft)!);
        }

        if (urgent.Count > MostShown) yield return Texts.Of("flash-more", urgent.Count - MostShown);
    }

    /// <summary>What the hospital does now about a finding, as a key of the texts; null for one that can wait for the report.</summary>
    private static string? DoNow(FindingRecord finding, StepDraft draft)
    {
        if (finding.Decision.Verdict is not FindingVerdict.Confirmed || finding.Change is FindingChange.Fixed or FindingChange.NotExamined) return null;
        if (finding.Machine.Kind is FindingKind.Backdoor) return "flash-do-backdoor";
        if (finding.Machine.Kind is FindingKind.Account) return "flash-do-account";
        if (finding.Machine.Kev) return "flash-do-exploited";
        var reachesRecords = draft.Hearing.Find(finding.Identity.Line)?.MedicalRecords is not YesNoUnknown.No;
        return finding.Severity is Severity.Critical && reachesRecords ? "flash-do-records" : null;
    }
}
