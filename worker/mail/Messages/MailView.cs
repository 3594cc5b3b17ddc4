using System.Globalization;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Scheduling;
using VulnDiag.Mail.Forms;

namespace VulnDiag.Mail.Messages;

/// <summary>What all templates may show. A text that is not there is empty, never null, so that a misspelt placeholder is told from an empty one.</summary>
internal class MailView
{
    private readonly MailScene _scene;

    internal MailView(MailScene scene)
    {
        _scene = scene;
        Lines = [.. scene.Order.Lines.Select(id => new LineView(id, scene))];
        Windows = [.. scene.Order.Windows.Select(Jst.Text)];
        Form = FormView.Of(scene.Order);
    }

    public string Audience => _scene.Order.To.Audience switch
    {
        Domain.Mailing.Audience.Hospital => "hospital",
        Domain.Mailing.Audience.Vendor => "vendor",
        Domain.Mailing.Audience.Coordinator => "coordinator",
    };

    public string Company => OneLine.Of(_scene.Order.To.Company);

    public string Person => OneLine.Of(_scene.Order.To.Person);

    public string Operator => _scene.Texts.OperatorName;

    public string Phone => _scene.Texts.Phone;

    public string ReplyTo => _scene.Texts.ReplyTo;

    public string Hospital => OneLine.Of(_scene.Engagement.Hearing.HospitalName);

    public string PortalUrl => _scene.Texts.PortalUrl.Replace(
        "{record}", _scene.Engagement.Id.Value.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public string Reference => References.Of(_scene.Engagement.Id, _scene.Order);

    public string Deadline => _scene.Order.Deadline is { } deadline ? Jst.Text(deadline) : "";

    public IReadOnlyList<LineView> Lines { get; }

    public IReadOnlyList<string> Windows { get; }

    public IReadOnlyList<string> Sentences => [.. _scene.Order.Sentences.Select(OneLine.Of)];

    /// <summary>The answer form, or null where the mail has none.</summary>
    public FormView? Form { get; private set; }

    public bool HasForm => Form is not null;

    /// <summary>Has every label of the form name the reference, for a mail of several requests.</summary>
    internal void NameReferenceInForm() => Form = FormView.Of(_scene.Order, Reference);

    /// <summary>True where events are asked to be put into the calendar.</summary>
    public bool HasInvitation => _scene.Order.Calendar.Any(static row => !row.Withdrawn);

    /// <summary>The events that are taken out of the calendar.</summary>
    public IReadOnlyList<string> Withdrawn => [.. _scene.Order.Calendar.Where(static row => row.Withdrawn).Select(static row => Jst.Text(row.Window))];

    /// <summary>True where the recipient may need to stop the scan: the footer then says how.</summary>
    public bool TellsHowToStop { get; init; }

    /// <summary>Ids of the lines whose address may change.</summary>
    public string DynamicLines => string.Join(", ", Lines.Where(static line => line.Dynamic).Select(static line => line.Id));

    public bool HasDynamicLine => Lines.Any(static line => line.Dynamic);
}

/// <summary>The answer form (回答欄) of a mail.</summary>
internal sealed class FormView
{
    private FormView(VendorQuestion question, MailOrder order, string reference)
    {
        var words = FormWords.Ja.Of(question);
        (Yes, No) = (words.Yes, words.No);
        AllLinesMark = FormWords.Ja.AllLinesOf(reference);
        AllLines = order.Lines.Count > 1 ? AllLinesMark + FormWords.Ja.Answer : "";
        Rows = [.. order.Lines.Select(line => new FormRow(FormWords.Ja.AnswerOf(line, reference), FormWords.Ja.RemarkOf(line, reference)))];
    }

    public string Yes { get; }

    public string No { get; }

    /// <summary>The row for all lines at once; empty when there is only one.</summary>
    public string AllLines { get; }

    /// <summary>The mark of that row.</summary>
    public string AllLinesMark { get; }

    public IReadOnlyList<FormRow> Rows { get; }

    /// <summary>The form of an order: its own, or for a reminder that of the request it reminds of.</summary>
    /// <param name="order">Which.</param>
    /// <param name="reference">The reference that every label names; empty where the mail has only one request.</param>
    internal static FormView? Of(MailOrder order, string reference = "") =>
        order.Questions.Count > 0 && FormWords.QuestionOf(order.About ?? order.Kind) is { } question ? new FormView(question, order, reference) : null;
}

/// <summary>The two rows of one line.</summary>
/// <param name="Answer">Label that the answer is written behind.</param>
/// <param name="Remark">Label that a remark is written behind.</param>
internal sealed record FormRow(string Answer, string Remark);
