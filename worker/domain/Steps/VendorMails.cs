using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Gates;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Domain.Steps;

/// <summary>One mail per vendor and engagement, however many lines it is about.</summary>
internal static class VendorMails
{
    /// <summary>The request itself: a vendor who has answered for some of its lines is not asked again for the rest.</summary>
    internal static void Order(StepDraft draft, MailKind kind, IReadOnlyList<OpenQuestion> waiting, IReadOnlyList<VendorFacts> rows, Func<MailOrder, MailOrder> fill) =>
        ForEachVendor(draft, kind, waiting, rows, "", fill);

    internal static void Remind(StepDraft draft, MailKind request, IReadOnlyList<OpenQuestion> waiting, IReadOnlyList<VendorFacts> rows, string about) =>
        ForEachVendor(draft, MailKind.Reminder, waiting, rows, about, order => order with { About = request });

    /// <summary>Every vendor of these lines, once, with the lines that are its.</summary>
    internal static IEnumerable<(Recipient To, IReadOnlyList<LineId> Lines)> Of(IEnumerable<LineView> lines) =>
        from line in lines
        from vendor in line.Line.Vendors.DistinctBy(static vendor => vendor.Mail)
        group (line.Id, vendor) by vendor.Mail into mails
        select (StepDraft.To(mails.First().vendor), (IReadOnlyList<LineId>)[.. mails.Select(static pair => pair.Id)]);

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
