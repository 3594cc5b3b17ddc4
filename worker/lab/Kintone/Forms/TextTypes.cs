using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;

namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>Text of any kind, with the lengths that the field sets.</summary>
internal abstract class TextType : FieldType
{
    /// <summary>The most letters of a value that must be unique. Source: kintone help, "Prohibit duplicate values".</summary>
    private const int MaxUnique = 64;

    /// <inheritdoc/>
    public override JToken Default(Field field, WriteContext context) => DefaultOf(field, context);

    /// <inheritdoc/>
    public override JToken Take(Field field, JToken? given, FieldPath path, WriteContext context)
    {
        var text = Scalar.Text(given);
        if (text is null)
        {
            context.Faults.Add(path.With(".value"), MessageId.WrongType);
            return Empty;
        }

        var limit = field.Limit("maxLength");
        if (field.Unique && limit is (null or > MaxUnique)) limit = MaxUnique;
        if (limit is { } max && text.Length > max) context.Faults.Add(path.With(".value"), MessageId.TooLong, max + 1);
        if (field.Limit("minLength") is { } min && text.Length < min) context.Faults.Add(path.With(".value"), MessageId.TooShort, min - 1);
        Check(field, text, path, context.Faults);
        return text;
    }

    /// <summary>What the type asks beyond the length.</summary>
    protected virtual void Check(Field field, string text, FieldPath path, FaultList faults)
    {
    }
}

/// <summary>One line of text.</summary>
internal sealed class SingleLineTextType : TextType
{
    /// <inheritdoc/>
    public override string Name => "SINGLE_LINE_TEXT";

    /// <inheritdoc/>
    public override ValueFamily Family => ValueFamily.Text;
}

/// <summary>Text of many lines; white space alone counts as empty.</summary>
internal sealed class MultiLineTextType : TextType
{
    /// <inheritdoc/>
    public override string Name => "MULTI_LINE_TEXT";

    /// <inheritdoc/>
    public override ValueFamily Family => ValueFamily.LongText;

    /// <inheritdoc/>
    public override bool IsEmpty(JToken stored) => string.IsNullOrWhiteSpace((string?)stored);
}

/// <summary>Rich text: HTML, kept as it comes.</summary>
internal sealed class RichTextType : TextType
{
    /// <inheritdoc/>
    public override string Name => "RICH_TEXT";

    /// <inheritdoc/>
    public override ValueFamily Family => ValueFamily.LongText;
}

/// <summary>A link: an address of the kind that the field's <c>protocol</c> names.</summary>
internal sealed class LinkType : TextType
{
    /// <inheritdoc/>
    public override string Name => "LINK";

    /// <inheritdoc/>
    public override ValueFamily Family => ValueFamily.Text;

    /// <inheritdoc/>
    protected override void Check(Field field, string text, FieldPath path, FaultList faults)
    {
        var fits = text.Length == 0 || (string?)field.Properties["protocol"] switch
        {
            "MAIL" => text.Contains('@', StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace),
            "CALL" => text.All(letter => char.IsAsciiDigit(letter) || "+-() #*".Contains(letter, StringComparison.Ordinal)),
            _ => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "ftp",
        };
        if (!fits) faults.Add(path.With(".value"), MessageId.NotALink);
    }
}
