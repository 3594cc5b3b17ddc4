using System.Globalization;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;

namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>A decimal number, stored as plain digits.</summary>
internal sealed class NumberType : FieldType
{
    /// <inheritdoc/>
    public override string Name => "NUMBER";

    /// <inheritdoc/>
    public override ValueFamily Family => ValueFamily.Number;

    /// <inheritdoc/>
    public override JToken Default(Field field, WriteContext context) => DefaultOf(field, context);

    /// <inheritdoc/>
    public override JToken Take(Field field, JToken? given, FieldPath path, WriteContext context)
    {
        var text = Scalar.Text(given)?.Trim();
        if (text is "") return Empty;
        if (!Scalar.TryDecimal(text, out var number))
        {
            // Inside a table kintone drops it without a word.
            if (!path.InTable) context.Faults.Add(path.Bracketed(".value"), MessageId.NotANumber);
            return Empty;
        }

        if (field.Limit("maxValue") is { } max && number > max) context.Faults.Add(path.With(".value"), MessageId.TooLarge, max);
        if (field.Limit("minValue") is { } min && number < min) context.Faults.Add(path.With(".value"), MessageId.TooSmall, min);
        return number.ToString(CultureInfo.InvariantCulture);
    }
}
