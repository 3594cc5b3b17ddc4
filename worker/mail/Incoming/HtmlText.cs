using System.Text;
using System.Text.RegularExpressions;
using MimeKit.Text;

namespace VulnDiag.Mail.Incoming;

/// <summary>HTML as plain text: a line per block, quotation marked by <c>&gt;</c> as in plain mails, nothing of scripts and styles.</summary>
internal static partial class HtmlText
{
    private const int DeepestQuote = 20;

    internal static string Of(string html)
    {
        var writer = new Writer();
        var tokenizer = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        while (tokenizer.ReadNextToken(out var token)) writer.Take(token);
        return Gaps().Replace(writer.ToString(), "\n\n").Trim('\n');
    }

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex Gaps();

    [GeneratedRegex(@"[ \t\r\n\f]+")]
    private static partial Regex Spaces();

    private sealed class Writer
    {
        private readonly StringBuilder _text = new();
        private readonly StringBuilder _line = new();
        private int _depth;
        private HtmlTagId _hidden = HtmlTagId.Unknown;

        internal void Take(HtmlToken token)
        {
            if (token is HtmlTagToken tag) TakeTag(tag);
            else if (token is HtmlDataToken data && data.Kind is HtmlTokenKind.Data && _hidden is HtmlTagId.Unknown) Append(data.Data);
        }

        public override string ToString()
        {
            EndLine();
            return _text.ToString();
        }

        private void TakeTag(HtmlTagToken tag)
        {
            if (tag.Id is HtmlTagId.Script or HtmlTagId.Style or HtmlTagId.Head or HtmlTagId.Title)
            {
                if (!tag.IsEndTag && !tag.IsEmptyElement && _hidden is HtmlTagId.Unknown) _hidden = tag.Id;
                else if (tag.IsEndTag && _hidden == tag.Id) _hidden = HtmlTagId.Unknown;
                return;
            }

            if (tag.Id is HtmlTagId.Body) _hidden = HtmlTagId.Unknown;
            if (tag.Id is HtmlTagId.Br or HtmlTagId.HR)
            {
                EndLine(always: true);
                return;
            }

            if (!IsBlock(tag.Id)) return;
            EndLine();
            if (tag.Id is HtmlTagId.BlockQuote) _depth = Math.Clamp(_depth + (tag.IsEndTag ? -1 : 1), 0, DeepestQuote);
            if (tag.Id is HtmlTagId.P or HtmlTagId.Table && tag.IsEndTag) _text.Append('\n');
        }

        private void Append(string data)
        {
            var text = Spaces().Replace(data, " ").Replace('\u00A0', ' ');
            _line.Append(_line.Length == 0 ? text.TrimStart() : text);
        }

        private void EndLine(bool always = false)
        {
            var line = _line.ToString().Trim();
            _line.Clear();
            if (line.Length == 0 && !always) return;
            if (_depth > 0) _text.Append('>', _depth).Append(' ');
            _text.Append(line).Append('\n');
        }

        private static bool IsBlock(HtmlTagId id) => id is HtmlTagId.P or HtmlTagId.Div or HtmlTagId.BlockQuote or HtmlTagId.TR or HtmlTagId.LI
            or HtmlTagId.Table or HtmlTagId.UL or HtmlTagId.OL or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.H3 or HtmlTagId.H4 or HtmlTagId.H5
            or HtmlTagId.H6 or HtmlTagId.Pre or HtmlTagId.Section or HtmlTagId.Article or HtmlTagId.Body;
    }
}
