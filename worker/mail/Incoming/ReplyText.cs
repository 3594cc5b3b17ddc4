namespace VulnDiag.Mail.Incoming;

/// <summary>A reply, taken apart: what its writer added, and what was there before.</summary>
/// <param name="New">New lines, in order, without quotation, attribution and signature.</param>
/// <param name="Quoted">Quoted lines of the mail that was answered (depth 1) and of older ones, quote marks removed.</param>
internal sealed record ReplyText(IReadOnlyList<string> New, IReadOnlyList<QuotedLine> Quoted)
{
    private const int LongestAttribution = 6;
    private const int HeaderReach = 8;
    private const int HeadersNeeded = 2;

    /// <summary>The new text as one.</summary>
    internal string Text => string.Join('\n', New).Trim('\n', ' ', '\t', '\u3000');

    /// <summary>Takes a text apart. Whatever follows a separator or an unmarked quotation is old; lines marked by <c>&gt;</c> are old one by one.</summary>
    internal static ReplyText Of(string body)
    {
        var lines = body.ReplaceLineEndings("\n").Split('\n');
        var (added, quoted) = (new List<string>(), new List<QuotedLine>());
        var (tailDepth, inSignature) = (0, false);
        for (var at = 0; at < lines.Length; at++)
        {
            if (Quotation.Start(lines, at) is { } start)
            {
                if (start.RestIsOld || tailDepth > 0) tailDepth++;
                if (start.RestIsOld) DropRules(added);
                at += start.Lines - 1;
                inSignature = false;
                continue;
            }

            var (marks, text) = QuotedLine.Unmark(lines[at]);
            if (marks > 0 || tailDepth > 0)
            {
                quoted.Add(new QuotedLine(tailDepth + marks, text));
                continue;
            }

            inSignature |= Quotation.IsSignature(lines[at]);
            if (!inSignature && !OwnLines.Contains(lines[at])) added.Add(lines[at].TrimEnd());
        }

        return new ReplyText(added, quoted);
    }

    /// <summary>A drawn line above a quotation belongs to it.</summary>
    private static void DropRules(List<string> added)
    {
        while (added.Count > 0 && (string.IsNullOrWhiteSpace(added[^1]) || ReaderPatterns.Instance.Matches("rule", added[^1]))) added.RemoveAt(added.Count - 1);
    }

    /// <summary>Finds where quotations start.</summary>
    private static class Quotation
    {
        internal static bool IsSignature(string line) => ReaderPatterns.Instance.Matches("signature", line.TrimStart());

        /// <summary>A quotation's first lines at this place, or null.</summary>
        internal static (int Lines, bool RestIsOld)? Start(string[] lines, int at)
        {
            if (string.IsNullOrWhiteSpace(lines[at])) return null;
            if (ReaderPatterns.Instance.Matches("separator", lines[at])) return (1, RestIsOld: true);
            if (IsHeaderBlock(lines, at)) return (1, RestIsOld: true);
            if (AttributionLength(lines, at) is not { } length) return null;
            return (length, RestIsOld: !FollowedByMarks(lines, at + length));
        }

        /// <summary>"On …, … wrote:" may be wrapped.</summary>
        private static int? AttributionLength(string[] lines, int at)
        {
            var joined = lines[at].Trim();
            if (ReaderPatterns.Instance.Matches("attribution", joined)) return 1;
            if (!ReaderPatterns.Instance.Matches("attributionStart", joined)) return null;
            for (var length = 2; length <= LongestAttribution && at + length <= lines.Length; length++)
            {
                var line = lines[at + length - 1].Trim();
                joined = $"{joined} {line}";
                var ends = line.EndsWith(':') || line.EndsWith('\uFF1A');
                if (ends && ReaderPatterns.Instance.Matches("attribution", joined)) return length;
            }

            return null;
        }

        /// <summary>"From: …" and at least two companions close together, in any order, as Outlook and others write them.</summary>
        private static bool IsHeaderBlock(string[] lines, int at)
        {
            var isFrom = ReaderPatterns.Instance.Matches("fromHeader", lines[at]);
            if (!isFrom && !ReaderPatterns.Instance.Matches("otherHeader", lines[at])) return false;

            var block = lines.Skip(at).Take(HeaderReach).ToList();
            return block.Exists(static line => ReaderPatterns.Instance.Matches("fromHeader", line))
                && block.Count(static line => ReaderPatterns.Instance.Matches("otherHeader", line)) >= HeadersNeeded;
        }

        /// <summary>When marked lines follow, only they are old, and an answer may stand below them.</summary>
        private static bool FollowedByMarks(string[] lines, int at) =>
            lines.Skip(at).FirstOrDefault(static line => !string.IsNullOrWhiteSpace(line)) is { } next && QuotedLine.Unmark(next).Marks > 0;
    }
}

/// <summary>A quoted line.</summary>
/// <param name="Depth">1 for the mail that was answered, more for older ones.</param>
/// <param name="Text">The line without its marks.</param>
internal sealed record QuotedLine(int Depth, string Text)
{
    /// <summary>How many quote marks a line starts with, and the rest of it.</summary>
    internal static (int Marks, string Text) Unmark(string line)
    {
        var (marks, at) = (0, 0);
        while (at < line.Length)
        {
            if (line[at] is '>' or '\uFF1E') marks++;
            else if (line[at] is not (' ' or '\t' or '\u3000') || (marks == 0 && at > 2)) break;
            at++;
        }

        return marks == 0 ? (0, line) : (marks, line[at..]);
    }
}
