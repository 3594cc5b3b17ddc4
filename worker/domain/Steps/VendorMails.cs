using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Scheduling;

namespace VulnDiag.Domain.Steps;

/// <summary>One mail per vendor and engagement, however many lines it is about.</summary>
internal static class VendorMails
{
    /// <summary>The request itself: a vendor who has answered for some of its lines is not asked again for the rest.</summary>
    internal static void Order(StepDraft draft, MailKind kind, IReadOnlyList<OpenQuestion> waiting, IReadOnlyList<VendorFacts> rows, Func<MailOrder, MailOrder> fill) =>
        ForEachVendor(draft, kind, waiting, rows, "", order => fill(order) with { CollectUntil = CollectedUntil(draft, rows.Where(row => row.VendorMail == order.To.Mail)) });

    /// <summary>From when the vendors' time counts: from the last of the day's mails that carries one of these questions, where a vendor wants one mail a day.</summary>
    internal static DateTimeOffset AskedBy(StepDraft draft, IReadOnlyList<VendorFacts> rows) =>
        rows.GroupBy(static row => row.VendorMail).Select(vendor => CollectedUntil(draft, vendor)).Append(draft.Since).Max() ?? draft.Since;

    internal static void Remind(StepDraft draft, MailKind request, IReadOnlyList<OpenQuestion> waiting, IReadOnlyList<VendorFacts> rows, string about) =>
        ForEachVendor(draft, MailKind.Reminder, waiting, rows, about, order => order with { About = request });

    /// <summary>Every vendor of these lines, once, with the lines that are its.</summary>
    internal static IEnumerable<(Recipient To, IReadOnlyList<LineId> Lines)> Of(IEnumerable<LineView> lines) =>
        from line in lines
        from vendor in line.Line.Vendors.DistinctBy(static vendor => vendor.Mail)
        group (line.Id, vendor) by vendor.Mail into mails
        select (StepDraft.To(mails.First().vendor), (IReadOnlyList<LineId>)[.. mails.Select(static pair => pair.Id)]);

    /// <summary>Null where the vendor takes every mail at once, or where the day's mail would come too late for the first window.</summary>
    private static DateTimeOffset? CollectedUntil(StepDraft draft, IEnumerable<VendorFacts> vendors)
    {
        var rows = vendors.ToList();
        if (!draft.Context.DigestVendors.Contains(rows[0].VendorMail)) return null;
        var asked = rows.Max(static row => row.AskedAt) ?? draft.Now;
        var until = DigestTime.After(asked, draft.Context.Settings.DigestHour, draft.Context.Settings.Calendar);
        var tooLate = rows[0].Question is VendorQuestion.Silence && draft.Facts.Windows.Any(window => window.End > draft.Now && window.Start <= until);
        return tooLate ? null : until;
    }

    private static void ForEachVendor(
        StepDraft draft, MailKind kind, IReadOnlyList<OpenQuestion> waiting, IReadOnlyList<VendorFacts> rows, string about, Func<MailOrder, MailOrder> fill)
    {
        foreach (var questions in waiting.GroupBy(static question => question.Vendor.Mail))
        {
            var what = FactHash.Short([about, .. rows.Where(row => row.VendorMail == questions.Key).Select(static row => row.AboutHash)]);
            draft.Mail(kind, StepDraft.To(questions.First().Vendor), what, order => fill(order with
            {
                Lines = [.. questions.Select(static question => question.Line.Id)],
                Questions = [.. questions.Select(static question => new LineQuestion(question.Line.Id, question.Row.AboutHash))],
                Windows = questions.First().Row.Question is VendorQuestion.Validity ? draft.Hearing.CandidateWindows : draft.Facts.Windows,
                Deadline = draft.Facts.Deadline,
            }));
        }
    }
}
