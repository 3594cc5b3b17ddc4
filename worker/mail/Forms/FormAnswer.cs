using VulnDiag.Domain.Facts;

namespace VulnDiag.Mail.Forms;

/// <summary>The answer form (回答欄) of a reply, as far as it is filled in.</summary>
public sealed record FormAnswer
{
    /// <summary>Rows with something written in them, by the line's id as it stands in the form, in order.</summary>
    public IReadOnlyList<FormEntry> Entries { get; init; } = [];

    /// <summary>The row for all lines at once, or null where it is empty.</summary>
    public FormEntry? AllLines { get; init; }

    /// <summary>In a reply to a mail of several requests: the form of each, by its reference. Then the rows above are those that name none.</summary>
    public IReadOnlyDictionary<string, FormAnswer> ByReference { get; init; } = new Dictionary<string, FormAnswer>();

    /// <summary>True when it was filled in between the lines of the quoted request rather than in new text.</summary>
    public bool InQuotation { get; init; }

    /// <summary>The form in short: <c>yes</c>, <c>no</c> or <c>unclear</c> by line, the row for all lines under <c>*</c>; with the reference before it where the form names one.</summary>
    public IReadOnlyDictionary<string, string> Summary() =>
        Rows("").Concat(ByReference.SelectMany(static form => form.Value.Rows(form.Key + " "))).ToDictionary(static row => row.Key, static row => row.Value);

    private IEnumerable<KeyValuePair<string, string>> Rows(string prefix) => (AllLines is null ? Entries : [AllLines, .. Entries]).Select(entry => KeyValuePair.Create(
        prefix + (entry.Line.Length > 0 ? entry.Line : "*"),
        entry.Reply switch { VendorReply.Yes => "yes", VendorReply.No => "no", null => "unclear" }));
}

/// <summary>One row of the form.</summary>
/// <param name="Line">Id of the line; empty in the row for all lines.</param>
/// <param name="Reply">What was answered; null where the words say neither or both.</param>
/// <param name="Words">The words as written.</param>
/// <param name="Remark">Remark of the line, or empty.</param>
/// <param name="Certain">False when the words leave a doubt: conditions, both words, or two different answers for one line.</param>
public sealed record FormEntry(string Line, VendorReply? Reply, string Words, string Remark, bool Certain);
