using System.Text;
using VulnDiag.Lab.Kintone.Errors;

namespace VulnDiag.Lab.Kintone.Query;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    Word,
    Text,
    Open,
    Close,
    Comma,
    Symbol,
    End,
}

/// <summary>A token: its kind and its text, escapes undone.</summary>
internal readonly record struct Token(TokenKind Kind, string Text);

/// <summary>Cuts a query into tokens. Strings stand in double quotes; white space, U+3000 too, separates.</summary>
internal static class QueryLexer
{
    private const string Symbols = "=!<>";
    private const string Delimiters = "=!<>(),\"";

    /// <summary>The tokens of <paramref name="query"/>, with one of kind End last.</summary>
    /// <exception cref="Refusal">A string is not closed, holds a raw control character or an unknown escape.</exception>
    public static IReadOnlyList<Token> Read(string query)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (at < query.Length)
        {
            var letter = query[at];
            if (char.IsWhiteSpace(letter)) at++;
            else if (letter == '"') tokens.Add(new Token(TokenKind.Text, ReadText(query, ref at)));
            else if (Symbols.Contains(letter, StringComparison.Ordinal)) tokens.Add(new Token(TokenKind.Symbol, ReadSymbol(query, ref at)));
            else if (letter is '(' or ')' or ',') tokens.Add(Punctuation(query[at++]));
            else tokens.Add(new Token(TokenKind.Word, ReadWord(query, ref at)));
        }

        tokens.Add(new Token(TokenKind.End, ""));
        return tokens;
    }

    private static Token Punctuation(char letter) => letter switch
    {
        '(' => new Token(TokenKind.Open, "("),
        ')' => new Token(TokenKind.Close, ")"),
        _ => new Token(TokenKind.Comma, ","),
    };

    private static string ReadWord(string query, ref int at)
    {
        var start = at;
        while (at < query.Length && !char.IsWhiteSpace(query[at]) && !Delimiters.Contains(query[at], StringComparison.Ordinal)) at++;
        return query[start..at];
    }

    private static string ReadSymbol(string query, ref int at)
    {
        var start = at++;
        if (at < query.Length && query[at] == '=' && query[start] != '=') at++;
        var symbol = query[start..at];
        return symbol != "!" ? symbol : throw QueryFaults.Syntax();
    }

    private static string ReadText(string query, ref int at)
    {
        var text = new StringBuilder();
        for (at++; at < query.Length; at++)
        {
            var letter = query[at];
            if (letter == '"')
            {
                at++;
                return text.ToString();
            }

            if (char.IsControl(letter)) throw QueryFaults.Syntax();
            text.Append(letter == '\\' ? Escaped(query, ++at) : letter);
        }

        throw QueryFaults.Syntax();
    }

    private static char Escaped(string query, int at) => at >= query.Length ? throw QueryFaults.Syntax() : query[at] switch
    {
        '"' => '"',
        '\\' => '\\',
        't' => '\t',
        'n' => '\n',
        'r' => '\r',
        _ => throw QueryFaults.Syntax(),
    };
}
