using System.Reflection;
using VulnDiag.Domain;
using VulnDiag.Domain.Facts;
using VulnDiag.Mail.Incoming;

namespace VulnDiag.Worker.Inbox;

/// <summary>What a vendor answered, as it stands in 回答案: words that a coordinator reads and that are read back when they are taken.</summary>
/// <param name="Question">What had been asked.</param>
/// <param name="VendorMail">Who answered.</param>
/// <param name="Lines">The answers; a line without one is left open.</param>
internal sealed record VendorAnswer(VendorQuestion Question, string VendorMail, IReadOnlyList<LineReply> Lines)
{
    private const string Equal = " = ";
    private const string About = " #";
    private const int AboutDigits = 8;
    private static readonly (VendorQuestion Question, VendorReply? Reply, string Word)[] Words = Load();

    internal static VendorAnswer Of(ReplyProposal.ProposedAnswer proposal) => new(proposal.Question, proposal.Request.Address.ToLowerInvariant(), proposal.Lines);

    /// <summary>The first line names question and vendor, then a line each, with the beginning of the hash of what it was asked about.</summary>
    public override string ToString() => string.Join(
        '\n',
        Lines.Select(line => $"{line.Line}{About}{Short(line.AboutHash)}{Equal}{(line.Reply is null ? "?" : Word(line.Reply))} {line.Remark.ReplaceLineEndings(" ")}".TrimEnd()).Prepend($"{Word(null)}{Equal}{VendorMail}"));

    /// <summary>Reads it back; null when somebody made something else of it.</summary>
    internal static VendorAnswer? TryRead(string text)
    {
        var rows = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static row => row.Split(Equal, 2)).ToList();
        if (rows.Count < 2 || rows.Any(static row => row.Length != 2)) return null;
        foreach (var (question, reply, word) in Words)
        {
            if (reply is null && word == rows[0][0]) return new VendorAnswer(question, rows[0][1], [.. rows.Skip(1).Select(row => Read(question, row))]);
        }

        return null;
    }

    /// <summary>The facts with these answers in the very questions that were asked; a question that is answered already stays as it is, and a later one stays open.</summary>
    internal EngagementFacts Apply(EngagementFacts facts, DateTimeOffset now)
    {
        var rows = facts.Vendors.ToList();
        foreach (var line in Lines.Where(static line => line.Reply is not null))
        {
            var at = rows.FindLastIndex(row => row.Question == Question && row.Line == line.Line && IsAbout(row, line) && string.Equals(row.VendorMail, VendorMail, StringComparison.OrdinalIgnoreCase));
            if (at >= 0 && rows[at].Reply is null) rows[at] = rows[at] with { Reply = line.Reply, RepliedAt = now, Remark = line.Remark };
        }

        return facts with { Vendors = rows };
    }

    private static bool IsAbout(VendorFacts row, LineReply reply) => reply.AboutHash.Length >= AboutDigits && row.AboutHash.StartsWith(reply.AboutHash, StringComparison.Ordinal);

    private static string Short(string hash) => hash.Length > AboutDigits ? hash[..AboutDigits] : hash;

    private static LineReply Read(VendorQuestion question, string[] row)
    {
        var asked = row[0].Split(About, 2);
        var parts = row[1].Split(' ', 2);
        var known = Words.FirstOrDefault(entry => entry.Question == question && entry.Reply is not null && entry.Word == parts[0]);
        return new LineReply(new LineId(asked[0]), known.Reply, known.Reply is null ? row[1] : parts.ElementAtOrDefault(1) ?? "", asked.ElementAtOrDefault(1) ?? "");
    }

    private string Word(VendorReply? reply) => Words.First(entry => entry.Question == Question && entry.Reply == reply).Word;

    private static (VendorQuestion, VendorReply?, string)[] Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("VulnDiag.host.Inbox.answers.ja.csv")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1)
            .Select(static line => line.Split(','))
            .Select(static cells => (Enum.Parse<VendorQuestion>(cells[0]), cells[1].Length > 0 ? Enum.Parse<VendorReply>(cells[1]) : (VendorReply?)null, cells[2]))];
    }
}
