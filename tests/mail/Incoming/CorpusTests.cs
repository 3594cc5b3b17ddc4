using System.Text.RegularExpressions;
using VulnDiag.TestSupport;

namespace VulnDiag.Mail.Incoming;

/// <summary>243 mails that this project did not write, beside the clone. Their labels are the truth; where a label contradicts the mail itself, it is named here.</summary>
public sealed class CorpusTests
{
    private static readonly Dictionary<string, InboundKind> KindOfLabel = new(StringComparer.Ordinal)
    {
        ["reply"] = InboundKind.Answer,
        ["bounce"] = InboundKind.Bounce,
        ["delayed"] = InboundKind.Delayed,
        ["autoreply"] = InboundKind.AutoReply,
        ["calendar-reply"] = InboundKind.CalendarReply,
        ["calendar-request"] = InboundKind.Other,
        ["not-bounce"] = InboundKind.Other,
        ["feedback"] = InboundKind.Feedback,
        ["mdn"] = InboundKind.Mdn,
    };

    /// <summary>Mails whose kind is another than their label's, and why.</summary>
    private static readonly Dictionary<string, InboundKind> KnownDifferences = new(StringComparer.Ordinal)
    {
        // Labelled bounce, yet they say themselves that they are still being tried.
        ["bounce/flanker-no-mx.eml"] = InboundKind.Delayed,
        ["bounce/sisimai-lhost-gmail-08.eml"] = InboundKind.Delayed,
        ["bounce/sisimai-lhost-gmail-09.eml"] = InboundKind.Delayed,
        ["bounce/sisimai-rfc3464-34.eml"] = InboundKind.Delayed,
        // Labelled mdn: the mail that a receipt is about, not the receipt.
        ["mdn/james-mdn_relate_original_message.eml"] = InboundKind.Other,
        // Labelled not-bounce, yet a postmaster says that the mailbox was full.
        ["not-bounce/sisimai-rb-issue-368-bug.eml"] = InboundKind.Bounce,
    };

    /// <summary>Replies whose new text stands below an unmarked quotation: nothing tells the two apart, so all of it counts as old.</summary>
    private static readonly string[] TextsThatCannotBeTold = ["trimmer-embedded_email_18", "trimmer-forwarded_message"];

    private static readonly Lazy<List<Item>> Loaded = new(static () => [.. Read()]);

    [Fact]
    public void Every_mail_gets_the_kind_of_its_label()
    {
        var wrong = Corpus()
            .Where(static item => KindOfLabel.TryGetValue(item.Label.Kind, out var wanted)
                && item.Mail.Kind != KnownDifferences.GetValueOrDefault(item.Label.File, wanted))
            .Select(static item => $"{item.Label.File}: {item.Mail.Kind}");
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void What_no_person_answered_is_never_an_answer_and_never_a_stop()
    {
        var wrong = Corpus()
            .Where(static item => item.Label.Kind is not ("reply" or "charset" or "malformed"))
            .Where(static item => item.Mail.Kind is InboundKind.Answer or InboundKind.Stop || item.Mail.Form is not null)
            .Select(static item => item.Label.File);
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void A_delivery_report_names_its_first_recipient_and_status()
    {
        var reports = Corpus().Where(static item => item.HasReport && item.Label.Kind is "bounce" or "delayed").ToList();
        reports.Count.ShouldBeGreaterThan(70);

        var wrong = reports.Where(static item => Differs(item.Label.Recipient, item.Mail.Recipient) || Differs(RealStatus(item.Label.Status), item.Mail.Status))
            .Select(static item => $"{item.Label.File}: {item.Mail.Recipient} {item.Mail.Status}");
        // A report within a forwarded mail: not ours to open.
        wrong.ShouldBe(["bounce/sisimai-lhost-x5-01.eml:  "]);
    }

    [Fact]
    public void What_is_left_of_a_reply_is_what_its_writer_added()
    {
        var folder = SharedMaterial.PathOf("mail/corpus/expected");
        var wrong = Corpus()
            .Select(item => (Name: Path.GetFileNameWithoutExtension(item.Label.File), item.Mail.Text))
            .Where(item => File.Exists(Path.Combine(folder, item.Name + ".txt")))
            .Where(item => Words(item.Text) != Words(File.ReadAllText(Path.Combine(folder, item.Name + ".txt"))))
            .Select(static item => item.Name);
        wrong.ShouldBe(TextsThatCannotBeTold);
    }

    [Fact]
    public void Replies_to_our_requests_carry_their_reference()
    {
        var ours = Corpus().Where(static item => item.Mail.Subject.Contains("[VD-", StringComparison.Ordinal)).ToList();
        ours.Count.ShouldBeGreaterThan(40);
        ours.ShouldAllBe(static item => item.Mail.Subject.Contains($"[{item.Mail.Reference}]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("charset/mikel-japanese_iso_2022.eml", "まみむめも", "すみません。")]
    [InlineData("charset/mikel-japanese_shift_jis.eml", "test", "今後ともよろしくお願い申し上げます！")]
    [InlineData("charset/mikel-japanese.eml", "まみむめも", "かきくえこ")]
    public void Japanese_charsets_are_read(string file, string subject, string text)
    {
        var mail = InboundReader.Read(File.ReadAllBytes(Path.Combine(SharedMaterial.PathOf("mail/corpus"), "cases", file)));
        mail.Subject.ShouldBe(subject);
        mail.Text.ShouldContain(text);
    }

    private static List<Item> Corpus() => Loaded.Value;

    private static bool Differs(string label, string? read) => label.Length > 0 && label.Split(' ')[0] != read;

    /// <summary>The labels of 5.0.9xx are made up by the tool that they were taken from; the mails hold no code.</summary>
    private static string RealStatus(string label) => label.StartsWith("5.0.9", StringComparison.Ordinal) ? "" : label;

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<Item> Read()
    {
        var folder = SharedMaterial.PathOf("mail/corpus");
        foreach (var cells in File.ReadLines(Path.Combine(folder, "labels.csv")).Skip(1).Select(static line => line.Split(',')))
        {
            var raw = File.ReadAllBytes(Path.Combine(folder, "cases", cells[0]));
            var hasReport = Regex.IsMatch(System.Text.Encoding.Latin1.GetString(raw), @"content-type:\s*message/(global-)?delivery-status", RegexOptions.IgnoreCase);
            yield return new Item(new Label(cells[0], cells[1], cells[2], cells[3]), InboundReader.Read(raw), hasReport);
        }
    }

    private sealed record Label(string File, string Kind, string Recipient, string Status);

    private sealed record Item(Label Label, InboundMail Mail, bool HasReport);
}
