using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;

namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>One of the field's options.</summary>
internal abstract class OneChoiceType : FieldType
{
    /// <inheritdoc/>
    public override ValueFamily Family => ValueFamily.Choice;

    /// <inheritdoc/>
    public override JToken Empty => JValue.CreateNull();

    /// <inheritdoc/>
    public override JToken Take(Field field, JToken? given, FieldPath path, WriteContext context)
    {
        var choice = Scalar.Text(given);
        if (choice is "") return Nothing(field, context);
        if (choice is not null && field.Options.Contains(choice)) return choice;
        context.Faults.Add(path.With(".value"), MessageId.NotAnOption, choice ?? "");
        return Empty;
    }

    /// <summary>What is stored when a request gives nothing.</summary>
    protected virtual JToken Nothing(Field field, WriteContext context) => Empty;
}

/// <summary>A drop-down list.</summary>
internal sealed class DropDownType : OneChoiceType
{
    /// <inheritdoc/>
    public override string Name => "DROP_DOWN";

    /// <inheritdoc/>
    public override JToken Default(Field field, WriteContext context) => DefaultOf(field, context);
}

/// <summary>Radio buttons: one is always pressed, the field's default or its first option.</summary>
internal sealed class RadioButtonType : OneChoiceType
{
    /// <inheritdoc/>
    public override string Name => "RADIO_BUTTON";

    /// <inheritdoc/>
    public override JToken Default(Field field, WriteContext context) => Nothing(field, context);

    /// <inheritdoc/>
    protected override JToken Nothing(Field field, WriteContext context)
    {
        var preset = (string?)field.Properties["defaultValue"];
        if (!string.IsNullOrEmpty(preset)) return preset;
        return field.Options.Count > 0 ? field.Options[0] : Empty;
    }
}

/// <summary>Any number of the field's options.</summary>
internal abstract class ManyChoicesType : FieldType
{
    /// <inheritdoc/>
    public override ValueFamily Family => ValueFamily.Choice;

    /// <inheritdoc/>
    public override JToken Empty => new JArray();

    /// <inheritdoc/>
    public override string RequiredPath => ".values";

    /// <inheritdoc/>
    public override JToken Default(Field field, WriteContext context) => DefaultOf(field, context);

    /// <inheritdoc/>
    public override JToken Take(Field field, JToken? given, FieldPath path, WriteContext context)
    {
        if (given is null or JValue { Value: null or "" }) return Empty;
        if (given is not JArray choices)
        {
            context.Faults.Add(path.With(".value"), MessageId.WrongType);
            return Empty;
        }

        var taken = new JArray();
        for (var index = 0; index < choices.Count; index++)
        {
            var choice = Scalar.Text(choices[index]) ?? "";
            if (field.Options.Contains(choice)) taken.Add(choice);
            else context.Faults.Add(path.With($".values[{index}].value"), MessageId.NotAnOption, choice);
        }

        // kintone keeps the options' order, whatever order they come in.
        return new JArray(field.Options.Where(option => taken.Any(choice => (string?)choice == option)));
    }
}

/// <summary>Check boxes.</summary>
internal sealed class CheckBoxType : ManyChoicesType
{
    /// <inheritdoc/>
    public override string Name => "CHECK_BOX";
}

/// <summary>A list of which many may be chosen.</summary>
internal sealed class MultiSelectType : ManyChoicesType
{
    /// <inheritdoc/>
    public override string Name => "MULTI_SELECT";
}
