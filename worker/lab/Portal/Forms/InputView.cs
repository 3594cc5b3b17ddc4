using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Portal.Markup;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Forms;

/// <summary>Draws an input with its label and its fault.</summary>
/// <param name="faults">What is wrong.</param>
/// <param name="people">Whom fields of users and groups may name, by the field's type.</param>
/// <param name="fileNames">Names of files by key: of those attached and those that wait.</param>
/// <param name="focus">The input that the page opens at, or null.</param>
internal sealed class InputView(
    FaultMap faults, IReadOnlyDictionary<string, IReadOnlyList<Person>> people, IReadOnlyDictionary<string, string> fileNames, string? focus)
{
    private const int MostInLine = 4;

    /// <summary>The input of a field or cell.</summary>
    /// <param name="field">The field or column.</param>
    /// <param name="name">The input's name and id.</param>
    /// <param name="value">What it holds, in plain form.</param>
    /// <param name="label">What it is called.</param>
    public Html Field(FieldSpec field, string name, JToken value, string label)
    {
        var fault = faults.Of(name);
        var shown = field.Type switch
        {
            "CHECK_BOX" => Choices(field, name, Options(field), [.. value.Select(static option => (string?)option)], label, "checkbox"),
            "RADIO_BUTTON" => Choices(field, name, Options(field), [(string?)value], label, "radio"),
            "USER_SELECT" or "GROUP_SELECT" or "ORGANIZATION_SELECT" => Choices(field, name, People(field, value), [.. value.Select(static code => (string?)code)], label, "checkbox"),
            "FILE" => Files(field, name, value, label),
            _ => Html.Of($"""<label for="{name}">{label}{Mark(field)}</label>{Control(field, name, value)}"""),
        };
        return Html.Of($"""{shown}{Html.When(fault is not null, Html.Of($"""<p class="fault" id="{name}-fault">{fault}</p>"""))}""");
    }

    private Html Control(FieldSpec field, string name, JToken value) => field.Type switch
    {
        "MULTI_LINE_TEXT" or "RICH_TEXT" => Html.Of($"""<textarea {State(field, name)} rows="4">{"\n" + (string?)value}</textarea>"""),
        "DROP_DOWN" => Html.Of($"""<select {State(field, name)}><option value="">{Words.Of("choice.none")}</option>{field.Options.Select(option => Option(option, option, option == (string?)value))}</select>"""),
        "MULTI_SELECT" => Html.Of($"""<select multiple {State(field, name)}>{field.Options.Select(option => Option(option, option, Holds(value, option)))}</select>"""),
        "DATE" => Line(field, name, "date", (string?)value),
        "TIME" => Line(field, name, "time", (string?)value),
        "DATETIME" => Line(field, name, "datetime-local", PortalValue.Local((string?)value ?? "", 'T')),
        "NUMBER" => Html.Of($"""<input type="text" inputmode="decimal" {State(field, name)} value="{(string?)value}">"""),
        "LINK" => Line(field, name, (string?)field.Properties["protocol"] switch { "MAIL" => "email", "CALL" => "tel", _ => "url" }, (string?)value),
        _ => Line(field, name, "text", (string?)value),
    };

    private Html Line(FieldSpec field, string name, string type, string? value) => Html.Of($"""<input type="{type}" {State(field, name)} value="{value}">""");

    private static Html Option(string value, string name, bool chosen) =>
        Html.Of($"""<option value="{value}"{Html.When(chosen, Html.Of($" selected"))}>{name}</option>""");

    private Html Choices(FieldSpec field, string name, IReadOnlyList<Person> options, IReadOnlyCollection<string?> chosen, string label, string type) => Html.Of($"""
        <fieldset class="choices{Html.When(options.Count > MostInLine, Html.Of($" long"))}" id="{name}"{Fault(name)}><legend>{label}{Mark(field)}</legend>
        <div class="options">{options.Select((option, index) => Choice(name, index, option, chosen.Contains(option.Code), type))}</div>
        </fieldset>
        """);

    private Html Choice(string name, int index, Person option, bool chosen, string type)
    {
        var checkedOrNot = Html.When(chosen, Html.Of($" checked"));
        return Html.Of($"""
            <label class="choice" for="{name}:{index}"><input type="{type}" id="{name}:{index}" name="{name}" value="{option.Code}"{checkedOrNot}{Focus(index == 0 ? name : null)}> {option.Name}</label>
            """);
    }

    private Html Files(FieldSpec field, string name, JToken keys, string label) => Html.Of($"""
        <fieldset class="choices"{Fault(name)}><legend>{label}{Mark(field)}</legend>
        {keys.Select((key, index) => Html.Of($"""
            <div class="choice"><input type="hidden" name="{FormInput.KeptFiles(name)}" value="{(string?)key}"><span>{fileNames.GetValueOrDefault((string)key!, "")}</span>
            <label for="{name}:{index}"><input type="checkbox" id="{name}:{index}" name="{FormInput.DroppedFiles(name)}" value="{(string?)key}"> {Words.Of("file.drop")}</label></div>
            """))}
        <label for="{name}">{Words.Of("file.add")}</label><input type="file" multiple id="{name}" name="{FormInput.NewFiles(name)}"{Fault(name)}{Focus(name)}>
        </fieldset>
        """);

    private static IReadOnlyList<Person> Options(FieldSpec field) => [.. field.Options.Select(static option => new Person(option, option))];

    /// <summary>Everybody that can be named, those first who are: also one who is gone.</summary>
    private IReadOnlyList<Person> People(FieldSpec field, JToken value)
    {
        var known = people.GetValueOrDefault(field.Type, []);
        var named = value.Select(static code => (string)code!).ToList();
        var gone = named.Where(code => known.All(person => person.Code != code)).Select(static code => new Person(code, code));
        return [.. known.Concat(gone).OrderByDescending(person => named.Contains(person.Code))];
    }

    private static bool Holds(JToken value, string option) => value.Any(held => (string?)held == option);

    /// <summary>The attributes that all inputs have.</summary>
    private Html State(FieldSpec field, string name) =>
        Html.Of($"""id="{name}" name="{name}" autocomplete="off"{Html.When(field.Required, Html.Of($""" aria-required="true" """))}{Fault(name)}{Focus(name)}""");

    private Html Fault(string name) =>
        Html.When(faults.Of(name) is not null, Html.Of($""" aria-invalid="true" aria-describedby="{name}-fault" """));

    private Html Focus(string? name) => Html.When(name is not null && name == focus, Html.Of($" autofocus"));

    private static Html Mark(FieldSpec field) => Html.When(field.Required, Html.Of($""" <span class="must">{Words.Of("field.required")}</span>"""));
}
