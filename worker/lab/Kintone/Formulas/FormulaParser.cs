using System.Globalization;
using System.Text.RegularExpressions;

namespace VulnDiag.Lab.Kintone.Formulas;

/// <summary>Reads kintone's formulas: comparisons, then <c>&amp;</c>, then sums, products and powers, each binding tighter than the one before. Source: kintone help, "Operators and functions for formulas".</summary>
internal sealed partial class FormulaParser
{
    private const int MaxDepth = 64;

    private static readonly string[][] Levels = [["=", "==", "!=", "<>", "<", ">", "<=", ">="], ["&"], ["+", "-"], ["*", "/"], ["^"]];

    private readonly List<string> _tokens;
    private int _at;
    private int _depth;

    private FormulaParser(string formula) => _tokens = Tokens(formula);

    private string Current => _at < _tokens.Count ? _tokens[_at] : "";

    /// <summary>Reads a formula.</summary>
    /// <exception cref="FormulaFault">It is none.</exception>
    public static FormulaNode Parse(string formula)
    {
        var parser = new FormulaParser(formula);
        var node = parser.ReadLevel(0);
        return parser.Current.Length == 0 ? node : throw new FormulaFault($"'{parser.Current}' is not expected.");
    }

    private static List<string> Tokens(string formula)
    {
        var tokens = new List<string>();
        for (var at = 0; at < formula.Length;)
        {
            var match = Token().Match(formula, at);
            if (!match.Success) throw new FormulaFault($"'{formula[at]}' is not expected.");
            if (!string.IsNullOrWhiteSpace(match.Value)) tokens.Add(match.Value);
            at += match.Length;
        }

        return tokens;
    }

    private FormulaNode ReadLevel(int level)
    {
        if (level == Levels.Length) return ReadUnary();
        var left = ReadLevel(level + 1);
        while (Levels[level].Contains(Current))
        {
            var operation = _tokens[_at++];
            left = new OperationNode(operation, left, ReadLevel(level + 1));
        }

        return left;
    }

    private FormulaNode ReadUnary()
    {
        if (++_depth > MaxDepth) throw new FormulaFault("The formula is too deep.");
        var node = Current switch
        {
            "-" => Negative(),
            "+" => Positive(),
            _ => ReadPrimary(),
        };
        _depth--;
        return node;
    }

    private NegativeNode Negative()
    {
        _at++;
        return new NegativeNode(ReadUnary());
    }

    private FormulaNode Positive()
    {
        _at++;
        return ReadUnary();
    }

    private FormulaNode ReadPrimary()
    {
        var token = Current;
        _at++;
        if (token.Length == 0) throw new FormulaFault("The formula ends too early.");
        if (token == "(") return Parenthesised();
        if (token[0] == '"') return new ConstantNode(token[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal));
        if (decimal.TryParse(token, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return new ConstantNode(number);
        if (!char.IsLetter(token[0]) && token[0] != '_') throw new FormulaFault($"'{token}' is not expected.");
        return Current == "(" ? new FunctionNode(token.ToUpperInvariant(), ReadArguments()) : new FieldNode(token);
    }

    private FormulaNode Parenthesised()
    {
        var inner = ReadLevel(0);
        Expect(")");
        return inner;
    }

    private List<FormulaNode> ReadArguments()
    {
        Expect("(");
        var arguments = new List<FormulaNode>();
        if (Current != ")") arguments.Add(ReadLevel(0));
        while (Current == ",")
        {
            _at++;
            arguments.Add(ReadLevel(0));
        }

        Expect(")");
        return arguments;
    }

    private void Expect(string token)
    {
        if (Current != token) throw new FormulaFault($"'{token}' is missing.");
        _at++;
    }

    [GeneratedRegex("""\G(\s+|"([^"]|"")*"|\d+(\.\d+)?|[\p{L}_][\p{L}\p{N}_\u30FB]*|==|!=|<>|<=|>=|[-+*/^&=<>(),])""")]
    private static partial Regex Token();
}
