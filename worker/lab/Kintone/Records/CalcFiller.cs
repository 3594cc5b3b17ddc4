using System.Globalization;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Formulas;

namespace VulnDiag.Lab.Kintone.Records;

/// <summary>Computes a record's formulas: computed fields, and texts that are made by a formula. What cannot be computed stays empty.</summary>
internal sealed class CalcFiller(Form form, NumberPrecision precision, JObject values)
{
    private const int MaxChain = 16;

    private int _chain;

    /// <summary>Fills all computed fields in the record's values, in place.</summary>
    public void Fill()
    {
        foreach (var table in form.Fields.Where(field => field.Columns.Any(HasFormula)))
            foreach (var row in values[table.Code] as JArray ?? [])
                foreach (var column in table.Columns.Where(HasFormula)) row["value"]![column.Code] = Compute(column, row);
        foreach (var field in form.Fields.Where(HasFormula)) values[field.Code] = Compute(field, null);
    }

    private static bool HasFormula(Field field) => field.Type is CalcType or SingleLineTextType && Formula(field).Length > 0;

    private static string Formula(Field field) => (string?)field.Properties["expression"] ?? "";

    private JToken Compute(Field field, JToken? row)
    {
        try
        {
            var value = new FormulaEvaluator(code => ValueOf(code, row)).Evaluate(FormulaParser.Parse(Formula(field)));
            return value switch
            {
                decimal number => Show(number, (string?)field.Properties["format"]),
                string text => text,
                _ => "",
            };
        }
        catch (Exception fault) when (fault is FormulaFault or OverflowException or ArgumentOutOfRangeException)
        {
            return "";
        }
    }

    /// <summary>A number in the field's format. Days and instants are seconds since 1970, times of day seconds since midnight.</summary>
    private string Show(decimal number, string? format) => format switch
    {
        "DATE" => KintoneTime.Show(DateOnly.FromDateTime(DateTime.UnixEpoch.AddSeconds((double)number))),
        "DATETIME" => KintoneTime.Show(DateTimeOffset.FromUnixTimeSeconds((long)number)),
        "TIME" => TimeOnly.MinValue.Add(TimeSpan.FromSeconds((double)number)).ToString("HH:mm", CultureInfo.InvariantCulture),
        "HOUR_MINUTE" => $"{decimal.Truncate(number / 3600)}:{Math.Abs(decimal.Truncate(number / 60 % 60)):00}",
        _ => precision.Show(number),
    };

    private object ValueOf(string code, JToken? row)
    {
        if (!form.TryGet(code, out var field)) throw new FormulaFault($"There is no field {code}.");
        if (field.Table is { } table && row is null)
            return (values[table.Code] as JArray ?? []).Select(line => FormulaEvaluator.Number(Read(field, line["value"]?[code], line))).ToList();
        return Read(field, row is not null && field.Table is not null ? row["value"]?[code] : values[code], row);
    }

    private object Read(Field field, JToken? stored, JToken? row)
    {
        if (HasFormula(field))
        {
            // Formulas that lead to each other in a circle have no value.
            if (_chain >= MaxChain) throw new FormulaFault("The formulas depend on each other.");
            _chain++;
            stored = Compute(field, row);
            _chain--;
        }

        if (stored is JArray list) return string.Join(',', list.Select(item => (string?)item));
        var text = (string?)stored ?? "";
        return field.Type.Family switch
        {
            ValueFamily.Number => Scalar.TryDecimal(text, out var number) ? number : text,
            ValueFamily.Date when KintoneTime.Date(text) is { } day => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeSeconds() * 1m,
            ValueFamily.Instant when KintoneTime.Instant(text) is { } instant => instant.ToUnixTimeSeconds() * 1m,
            ValueFamily.Time when KintoneTime.TimeOfDay(text) is { } time => (decimal)time.ToTimeSpan().TotalSeconds,
            _ => text,
        };
    }
}
