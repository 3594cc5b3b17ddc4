using System.Security.Cryptography;
using System.Text;
using MimeKit;
using VulnDiag.Lab.Mail;

namespace VulnDiag.Lab.Demo;

/// <summary>A vendor: reads its mail and answers by reply, as a person with a mail program does. It never sees kintone.</summary>
internal sealed class VendorPerson(DemoStage stage, VendorScript script) : IPerson
{
    private readonly MaildirPost _post = new(stage.MailRoot, stage.Clock);

    private DemoWords Words => stage.Words;

    public async Task<bool> ActAsync(CancellationToken cancellationToken)
    {
        var acted = false;
        foreach (var entry in _post.ListNew(script.Mail))
        {
            using var bytes = new MemoryStream(await _post.ReadAsync(entry, cancellationToken));
            var request = await MimeMessage.LoadAsync(bytes, cancellationToken);
            if (IsStopToCome(request)) continue;
            if (Answer(request) is { } text) await ReplyAsync(request, text, cancellationToken);
            _post.MarkRead(entry);
            acted = true;
        }

        return acted;
    }

    public void Dispose()
    {
    }

    private string? Answer(MimeMessage request)
    {
        if (script.Silent || request.Subject is not { } subject) return null;
        if (subject.StartsWith(Words["mail.digest"], StringComparison.Ordinal)) return FilledDigest(request);
        var first = EarlierRequests(subject) == 0;
        if (Is(subject, "mail.validity")) return Filled(request, first && script.ObjectOnce is not null ? "mail.object" : "mail.approve", first ? script.ObjectOnce : null);
        if (Is(subject, "mail.silence")) return Filled(request, first && script.RefuseOnce is not null ? "mail.refuse" : "mail.accept", first ? script.RefuseOnce : null);
        return Is(subject, "mail.started") ? script.StopWhenScanning : null;
    }

    /// <summary>The vendor that wants the scan stopped writes when it is well under way.</summary>
    private bool IsStopToCome(MimeMessage request) =>
        script.StopWhenScanning is not null
        && Is(request.Subject ?? "", "mail.started")
        && stage.Now - request.Date < DemoStage.InTheMidst;

    private bool Is(string subject, string code) => subject.Contains($"-{Words[code]}]", StringComparison.Ordinal);

    private int EarlierRequests(string subject)
    {
        var reference = subject[..(subject.IndexOf(']', StringComparison.Ordinal) + 1)];
        return _post.ListAll(script.Mail).Count(entry => !entry.IsNew && Subject(entry).StartsWith(reference, StringComparison.Ordinal));
    }

    private static string Subject(MaildirEntry entry)
    {
        using var file = File.OpenRead(entry.Path);
        return MimeMessage.Load(file).Subject ?? "";
    }

    /// <summary>The form of the mail with the answer behind each line's mark.</summary>
    private string Filled(MimeMessage request, string answer, string? remark)
    {
        var text = new StringBuilder(Words["mail.greeting"]).Append("\n\n");
        foreach (var line in (request.TextBody ?? "").Split('\n').Select(static line => line.Trim()))
        {
            if (!line.StartsWith(Words["mail.lineMark"], StringComparison.Ordinal)) continue;
            if (line.EndsWith(Words["mail.answer"], StringComparison.Ordinal)) text.Append(line).Append(Words[answer]).Append('\n');
            else if (line.EndsWith(Words["mail.remark"], StringComparison.Ordinal)) text.Append(line).Append(remark).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A day's mail has a form per request, whose marks name the reference.</summary>
    private string FilledDigest(MimeMessage request)
    {
        var lines = (request.TextBody ?? "").Split('\n').Select(static line => line.Trim())
            .Where(line => line.StartsWith(Words["mail.digestMark"], StringComparison.Ordinal) && line.Contains(Words["mail.lineMark"][1..], StringComparison.Ordinal) && line.EndsWith(Words["mail.answer"], StringComparison.Ordinal));
        return Words["mail.greeting"] + "\n\n" + string.Concat(lines.Select(line => $"{line}{Words[line.Contains($"-{Words["mail.validity"]} ", StringComparison.Ordinal) ? "mail.approve" : "mail.accept"]}\n"));
    }

    private async Task ReplyAsync(MimeMessage request, string text, CancellationToken cancellationToken)
    {
        var sender = request.ReplyTo.Mailboxes.Concat(request.From.Mailboxes).First();
        var quoted = string.Join('\n', (request.TextBody ?? "").TrimEnd().Split('\n').Select(static line => "> " + line.TrimEnd()));
        var quoteHead = string.Format(System.Globalization.CultureInfo.InvariantCulture, Words["mail.quote"], sender.Address);
        using var reply = new MimeMessage
        {
            Subject = "Re: " + request.Subject,
            Date = stage.Now.ToOffset(TimeSpan.FromHours(9)),
            MessageId = $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.MessageId ?? "")))[..24]}@{script.Mail.Split('@')[1]}",
            InReplyTo = request.MessageId,
            Body = new TextPart("plain") { Text = $"{text}\n{quoteHead}\n{quoted}\n" },
        };
        reply.From.Add(new MailboxAddress(null, script.Mail));
        reply.To.Add(sender);
        foreach (var reference in request.References.Append(request.MessageId).OfType<string>()) reply.References.Add(reference);
        using var bytes = new MemoryStream();
        await reply.WriteToAsync(bytes, cancellationToken);
        await _post.DeliverAsync(sender.Address, bytes.ToArray(), cancellationToken);
    }
}
