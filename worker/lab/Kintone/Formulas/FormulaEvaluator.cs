using System.Globalization;

namespace VulnDiag.Lab.Kintone.Formulas;

/// <summary>The values of fields as a formula sees them: a decimal, a text, or a list of decimals for a table's column seen from outside.</summary>
internal delegate object FormulaField(string code);

/// <summary>Computes formulas. A value is a decimal, a text or a truth.</summary>
internal sealed class FormulaEvaluator(FormulaField fields)
{
    /// <summary>The formula's value.</summary>
    /// <exception cref="FormulaFault">It has none: a text where a number is needed, a division by zero, an unknown function.</exception>
    public object Evaluate(FormulaNode node)
    {
        try
        {
            return node switch
            {
                ConstantNode constant => constant.Value,
                FieldNode field => fields(field.Code),
                NegativeNode negative => -Number(Evaluate(negative.Inner)),
                OperationNode operation => Operate(operation),
                FunctionNode function => Call(function),
                _ => throw new NotSupportedException(node.GetType().Name),
            };
        }
        catch (OverflowException)
        {
            throw new FormulaFault("The number is too large.");
        }
    }

    /// <summary>A value as a number; an empty text counts as zero.</summary>
    /// <exception cref="FormulaFault">It is none.</exception>
    public static decimal Number(object value) => value switch
    {
        decimal number => number,
        string { Length: 0 } => 0,
        IReadOnlyList<decimal> list => list.Sum(),
        _ => throw new FormulaFault("A number is needed."),
    };

    private static string Text(object value) => value switch
    {
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        string text => text,
        _ => throw new FormulaFault("A text is needed."),
    };

    private static bool Truth(object value) => value is bool truth ? truth : throw new FormulaFault("A comparison is needed.");

    private object Operate(OperationNode operation)
    {
        var (left, right) = (Evaluate(operation.Left), Evaluate(operation.Right));
        return operation.Operator switch
        {
            "+" => Number(left) + Number(right),
            "-" => Number(left) - Number(right),
            "*" => Number(left) * Number(right),
            "/" => Number(right) == 0 ? throw new FormulaFault("Division by zero.") : Number(left) / Number(right),
            "^" => Power(Number(left), Number(right)),
            "&" => Text(left) + Text(right),
            "=" or "==" => AreSame(left, right),
            "!=" or "<>" => !AreSame(left, right),
            "<" => Number(left) < Number(right),
            ">" => Number(left) > Number(right),
            "<=" => Number(left) <= Number(right),
            _ => Number(left) >= Number(right),
        };
    }

    private static bool AreSame(object left, object right) =>
        left is string && right is string ? (string)left == (string)right : Number(left) == Number(right);

    private static decimal Power(decimal number, decimal exponent)
    {
        if (exponent != decimal.Truncate(exponent) || Math.Abs(exponent) > 100) throw new FormulaFault("The exponent must be a whole number up to 100.");
        var power = 1m;
        for (var step = 0; step < Math.Abs(exponent); step++) power *= number;
        if (exponent >= 0) return power;
        return power == 0 ? throw new FormulaFault("Division by zero.") : 1 / power;
    }

    private object Call(FunctionNode function)
    {
        var arguments = function.Arguments;
        return (function.Name, arguments.Count) switch
        {
            ("SUM", > 0) => arguments.Sum(argument => Number(Evaluate(argument))),
            ("IF", 3) => Evaluate(arguments[Truth(Evaluate(arguments[0])) ? 1 : 2]),
            ("AND", > 0) => arguments.All(argument => Truth(Evaluate(argument))),
            ("OR", > 0) => arguments.Any(argument => Truth(Evaluate(argument))),
            ("NOT", 1) => !Truth(Evaluate(arguments[0])),
            ("ROUND", 1 or 2) => Round(arguments, MidpointRounding.AwayFromZero),
            ("ROUNDDOWN", 1 or 2) => Round(arguments, MidpointRounding.ToZero),
            ("ROUNDUP", 1 or 2) => RoundUp(arguments),
            ("CONTAINS", 2) => Text(Evaluate(arguments[0])).Split(',').Contains(Text(Evaluate(arguments[1]))),
            ("YEN", 1) => FormulaWords.Yen(Number(Evaluate(arguments[0])), 0),
            ("YEN", 2) => FormulaWords.Yen(Number(Evaluate(arguments[0])), Number(Evaluate(arguments[1]))),
            ("DATE_FORMAT", 3) => FormatDate(arguments),
            _ => throw new FormulaFault($"{function.Name} with {arguments.Count} arguments is not known."),
        };
    }

    private string FormatDate(IReadOnlyList<FormulaNode> arguments)
    {
        var moment = Evaluate(arguments[0]);
        return moment is string { Length: 0 } ? "" : FormulaWords.DateFormat(Number(moment), Text(Evaluate(arguments[1])), Text(Evaluate(arguments[2])));
    }

    private decimal Round(IReadOnlyList<FormulaNode> arguments, MidpointRounding rounding)
    {
        var scale = Scale(arguments);
        return Math.Round(Number(Evaluate(arguments[0])) * scale, rounding) / scale;
    }

    private decimal RoundUp(IReadOnlyList<FormulaNode> arguments)
    {
        var (number, scale) = (Number(Evaluate(arguments[0])), Scale(arguments));
        return Math.Sign(number) * Math.Ceiling(Math.Abs(number) * scale) / scale;
    }

    /// <summary>Ten to the number of decimal places, which may be negative.</summary>
    private decimal Scale(IReadOnlyList<FormulaNode> arguments)
    {
        var places = arguments.Count > 1 ? Number(Evaluate(arguments[1])) : 0;
        return Math.Abs(places) <= 10 ? Power(10, decimal.Truncate(places)) : throw new FormulaFault("Up to ten decimal places are kept.");
    }
}
