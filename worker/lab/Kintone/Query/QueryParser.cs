using System.Globalization;
using VulnDiag.Lab.Kintone.Errors;

namespace VulnDiag.Lab.Kintone.Query;

/// <summary>Reads kintone's query language. Source: kintone, "クエリの書き方".</summary>
/// <remarks>query = [condition] [order by key, …] [limit n] [offset n]; <c>and</c> binds tighter than <c>or</c>.</remarks>
internal sealed class QueryParser
{
    /// <summary>The deepest nesting of parentheses; a deeper one would only exhaust the stack.</summary>
    private const int MaxDepth = 64;

    private readonly IReadOnlyList<Token> _tokens;
    private int _at;

    private QueryParser(string query) => _tokens = QueryLexer.Read(query);

    private Token Current => _tokens[_at];

    /// <summary>Reads <paramref name="query"/>; an empty one asks for everything.</summary>
    /// <exception cref="Refusal">It is no query.</exception>
    public static ParsedQuery Parse(string query)
    {
        var parser = new QueryParser(query);
        var where = parser.StartsCondition() ? parser.ReadAny(0) : null;
        var order = parser.ReadOrder();
        var limit = parser.ReadPage("limit");
        var offset = parser.ReadPage("offset");
        limit ??= parser.ReadPage("limit");
        return parser.Current.Kind == TokenKind.End ? new ParsedQuery(where, order, limit, offset) : throw QueryFaults.Syntax();
    }

    /// <summary>Reads a condition alone, as settings hold it (<c>filterCond</c>); null when it is empty.</summary>
    /// <exception cref="Refusal">It is no condition.</exception>
    public static Condition? ParseCondition(string? condition)
    {
        var query = Parse(condition ?? "");
        return query.Order.Count == 0 && query.Limit is null && query.Offset is null ? query.Where : throw QueryFaults.Syntax();
    }

    private bool StartsCondition() =>
        Current.Kind != TokenKind.End && !(IsWord("order") && NextIsWord("by")) && !IsPage("limit") && !IsPage("offset");

    private bool IsPage(string word) => IsWord(word) && _tokens[_at + 1].Kind == TokenKind.Word;

    private Condition ReadAny(int depth)
    {
        var parts = new List<Condition> { ReadAll(depth) };
        while (Skip("or")) parts.Add(ReadAll(depth));
        return parts.Count == 1 ? parts[0] : new AnyOf(parts);
    }

    private Condition ReadAll(int depth)
    {
        var parts = new List<Condition> { ReadOne(depth) };
        while (Skip("and")) parts.Add(ReadOne(depth));
        return parts.Count == 1 ? parts[0] : new AllOf(parts);
    }

    private Condition ReadOne(int depth)
    {
        if (Current.Kind != TokenKind.Open) return ReadComparison();
        if (depth >= MaxDepth) throw QueryFaults.Syntax();
        _at++;
        var inner = ReadAny(depth + 1);
        Expect(TokenKind.Close);
        return inner;
    }

    private Comparison ReadComparison()
    {
        var field = Expect(TokenKind.Word);
        var operation = ReadOperator();
        IReadOnlyList<Operand> operands = operation switch
        {
            QueryOperator.IsEmpty or QueryOperator.IsNotEmpty => [],
            QueryOperator.In or QueryOperator.NotIn => ReadList(),
            _ => [ReadOperand()],
        };
        return new Comparison(field, operation, operands);
    }

    private QueryOperator ReadOperator()
    {
        if (Current.Kind == TokenKind.Symbol)
        {
            return Expect(TokenKind.Symbol) switch
            {
                "=" => QueryOperator.Equal,
                "!=" => QueryOperator.NotEqual,
                ">" => QueryOperator.Greater,
                "<" => QueryOperator.Less,
                ">=" => QueryOperator.GreaterOrEqual,
                _ => QueryOperator.LessOrEqual,
            };
        }

        if (Skip("in")) return QueryOperator.In;
        if (Skip("like")) return QueryOperator.Like;
        if (Skip("not")) return Skip("in") ? QueryOperator.NotIn : Skip("like") ? QueryOperator.NotLike : throw QueryFaults.Syntax();
        if (!Skip("is")) throw QueryFaults.Syntax();
        var negated = Skip("not");
        if (!Skip("empty")) throw QueryFaults.Syntax();
        return negated ? QueryOperator.IsNotEmpty : QueryOperator.IsEmpty;
    }

    private List<Operand> ReadList()
    {
        Expect(TokenKind.Open);
        var operands = new List<Operand> { ReadOperand() };
        while (Current.Kind == TokenKind.Comma)
        {
            _at++;
            operands.Add(ReadOperand());
        }

        Expect(TokenKind.Close);
        return operands;
    }

    private Operand ReadOperand()
    {
        if (Current.Kind == TokenKind.Text) return new Literal(Expect(TokenKind.Text));
        var word = Expect(TokenKind.Word);
        if (Current.Kind == TokenKind.Open) return new FunctionCall(word.ToUpperInvariant(), ReadArguments());
        return Forms.Scalar.TryDecimal(word, out _) ? new Literal(word) : throw QueryFaults.Syntax();
    }

    private List<string> ReadArguments()
    {
        Expect(TokenKind.Open);
        var arguments = new List<string>();
        while (Current.Kind == TokenKind.Word)
        {
            arguments.Add(Expect(TokenKind.Word));
            if (Current.Kind != TokenKind.Comma) break;
            _at++;
            if (Current.Kind != TokenKind.Word) throw QueryFaults.Syntax();
        }

        Expect(TokenKind.Close);
        return arguments;
    }

    private List<OrderKey> ReadOrder()
    {
        var keys = new List<OrderKey>();
        if (!Skip("order")) return keys;
        if (!Skip("by")) throw QueryFaults.Syntax();
        do
        {
            var field = Expect(TokenKind.Word);
            var descending = Skip("desc");
            if (!descending) Skip("asc");
            keys.Add(new OrderKey(field, descending));
        }
        while (SkipComma());
        return keys;
    }

    private long? ReadPage(string word)
    {
        if (!Skip(word)) return null;
        return long.TryParse(Expect(TokenKind.Word), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw QueryFaults.Syntax();
    }

    private bool SkipComma()
    {
        if (Current.Kind != TokenKind.Comma) return false;
        _at++;
        return true;
    }

    private bool IsWord(string word) => Current.Kind == TokenKind.Word && Current.Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private bool NextIsWord(string word) =>
        _tokens[_at + 1].Kind == TokenKind.Word && _tokens[_at + 1].Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private bool Skip(string word)
    {
        if (!IsWord(word)) return false;
        _at++;
        return true;
    }

    private string Expect(TokenKind kind)
    {
        if (Current.Kind != kind) throw QueryFaults.Syntax();
        return _tokens[_at++].Text;
    }
}
