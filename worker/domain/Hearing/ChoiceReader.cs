namespace VulnDiag.Domain.Hearing;

/// <summary>Reads choice fields of one line; a blank and an unknown word are faults that name the words to choose among.</summary>
internal sealed class ChoiceReader(LineRef line, FaultList faults)
{
    internal T? Read<T>(HearingField field, string text, bool required = true)
        where T : struct, Enum
    {
        if (text.Length == 0)
        {
            if (required) faults.Add("choice-blank", line, field, other: FaultTexts.Options(Choices.Words<T>()));
            return null;
        }

        var value = Choices.Read<T>(text);
        if (value is null) faults.Add("choice-unknown", line, field, text, FaultTexts.Options(Choices.Words<T>()));
        return value;
    }
}
