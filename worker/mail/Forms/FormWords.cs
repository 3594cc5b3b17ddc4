using System.Globalization;
using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Mailing;
using VulnDiag.Model;

namespace VulnDiag.Mail.Forms;

/// <summary>The words of the answer form (回答欄): the templates write them and the reader looks for them, so that the two cannot drift apart.</summary>
internal sealed record FormWords
{
    /// <summary>The words as form.ja.json has them.</summary>
    internal static FormWords Ja { get; } = Json.Read<FormWords>(EmbeddedText.Read("Forms.form.ja.json"));

    /// <summary>Mark of a line; {0} is its id.</summary>
    public required string Line { get; init; }

    /// <summary>Mark that stands for every line of the mail.</summary>
    public required string AllLines { get; init; }

    /// <summary>Label of the answer.</summary>
    public required string Answer { get; init; }

    /// <summary>Label of the remark.</summary>
    public required string Remark { get; init; }

    /// <summary>The two words that a question offers, by question in camelCase.</summary>
    public required IReadOnlyDictionary<string, QuestionWords> Questions { get; init; }

    /// <summary>Words read as yes, in any question.</summary>
    public required IReadOnlyList<string> Yes { get; init; }

    /// <summary>Words read as no, in any question.</summary>
    public required IReadOnlyList<string> No { get; init; }

    /// <summary>Polite endings that change nothing.</summary>
    public required IReadOnlyList<string> Endings { get; init; }

    /// <summary>Words that bind an answer to a condition or put it off.</summary>
    public required IReadOnlyList<string> Doubts { get; init; }

    /// <summary>Characters around an answer that mean nothing.</summary>
    public required string Brackets { get; init; }

    /// <summary>Characters that end an answer before an explanation.</summary>
    public required string Breaks { get; init; }

    internal string AnswerOf(LineId line, string reference = "") => Named(string.Format(CultureInfo.InvariantCulture, Line, line), reference) + Answer;

    internal string RemarkOf(LineId line, string reference = "") => Named(string.Format(CultureInfo.InvariantCulture, Line, line), reference) + Remark;

    internal string AllLinesOf(string reference) => Named(AllLines, reference);

    /// <summary>In a mail of several requests the reference stands first within the bracket.</summary>
    private static string Named(string mark, string reference) => reference.Length == 0 ? mark : $"{mark[0]}{reference} {mark[1..]}";

    internal QuestionWords Of(VendorQuestion question) => question switch
    {
        VendorQuestion.Validity => Questions["validity"],
        VendorQuestion.Silence => Questions["silence"],
    };

    /// <summary>The question that a mail of this kind asks by a form, or null.</summary>
    internal static VendorQuestion? QuestionOf(MailKind kind) => kind switch
    {
        MailKind.ValidityRequest => VendorQuestion.Validity,
        MailKind.SilenceRequest => VendorQuestion.Silence,
        _ => null,
    };
}

/// <summary>The two words that a question offers.</summary>
/// <param name="Yes">The word for yes.</param>
/// <param name="No">The word for no.</param>
internal sealed record QuestionWords(string Yes, string No);
