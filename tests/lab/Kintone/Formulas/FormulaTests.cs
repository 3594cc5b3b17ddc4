using CsCheck;

namespace VulnDiag.Lab.Kintone.Formulas;

public sealed class FormulaTests
{
    [Theory]
    [InlineData("1 + 2 * 3", 7)]
    [InlineData("(1 + 2) * 3", 9)]
    [InlineData("2 ^ 3 ^ 1", 8)]
    [InlineData("-2 ^ 2 + 10 / 4", 6.5)]
    [InlineData("ROUND(2.5)", 3)]
    [InlineData("ROUNDDOWN(-2.59, 1)", -2.5)]
    [InlineData("ROUNDUP(2.11, 1)", 2.2)]
    [InlineData("ROUND(1250, -2)", 1300)]
    [InlineData("IF(AND(1 < 2, NOT(2 = 3)), 5, 6)", 5)]
    [InlineData("IF(OR(\"a\" = \"b\", 1 <> 2), 5, 6)", 5)]
    [InlineData("IF(CONTAINS(\"p,q\", \"q\"), 1, 0)", 1)]
    [InlineData("n * 2", 8)]
    public void Formulas_have_the_values_of_arithmetic(string formula, double value) =>
        new FormulaEvaluator(code => code == "n" ? 4m : throw new FormulaFault(code)).Evaluate(FormulaParser.Parse(formula)).ShouldBe((decimal)value);

    [Fact]
    public void Any_text_is_a_formula_or_a_fault()
    {
        string[] words = ["1", "n", "+", "-", "*", "/", "^", "&", "=", "<>", "(", ")", ",", "SUM", "IF", "\"x\"", "\"", " ", "9999999999999999999999999999"];
        Gen.OneOf(Gen.Int[0, words.Length - 1].Array[0, 25].Select(parts => string.Concat(parts.Select(part => words[part]))), Gen.String).Sample(text =>
        {
            try
            {
                new FormulaEvaluator(_ => 3m).Evaluate(FormulaParser.Parse(text));
            }
            catch (FormulaFault)
            {
            }
        }, iter: 20_000);
    }

    [Fact]
    public void Deep_parentheses_are_a_fault_and_do_not_end_the_process() =>
        Should.Throw<FormulaFault>(() => FormulaParser.Parse(new string('(', 100_000)));
}
