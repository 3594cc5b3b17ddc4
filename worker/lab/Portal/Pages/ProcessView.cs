using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Portal.Forms;
using VulnDiag.Lab.Portal.Markup;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Pages;

/// <summary>Where a record stands in its process, and the buttons that the visitor can press. A button opens a question; only the answer to it moves the record.</summary>
internal sealed class ProcessView(EditModel model, IReadOnlyList<Button> buttons, Assignment? assignment, string token, RecordWords typed)
{
    /// <summary>The bar; nothing in an app without process management.</summary>
    public Html Show()
    {
        var state = model.App.Fields.FirstOrDefault(static field => field.Type == "STATUS");
        if (state is null || model.Record[state.Code] is not { } shown) return Html.None;
        var assignee = model.App.Fields.FirstOrDefault(static field => field.Type == "STATUS_ASSIGNEE");
        return Html.Of($"""
            <section class="process" aria-label="{Words.Of("process.title")}">
            <dl class="standing"><div><dt>{state.Label}</dt><dd><span class="state">{(string?)shown["value"]}</span></dd></div>
            {(assignee is not null && model.Record[assignee.Code]?["value"] is JArray { Count: > 0 } people ? Html.Of($"""<div><dt>{assignee.Label}</dt><dd>{string.Join(Words.Of("list.comma"), people.Select(static person => (string?)person["name"]))}</dd></div>""") : Html.None)}</dl>
            {(assignment is null ? Html.None : Assign(assignment))}
            {Html.When(buttons.Count > 0, Html.Of($"""<div class="buttons">{buttons.Select(Question)}</div>"""))}
            </section>
            """);
    }

    private Html Question(Button button, int index) => Html.Of($"""
        <details class="action" name="action"{Html.When(button.Name == typed.Action, Html.Of($" open"))}><summary class="button">{button.Name}</summary>
        <form class="question" method="post" action="{Paths.Action(model.App.Id, model.Number ?? 0)}">{Frame.Token(token)}
        <input type="hidden" name="action" value="{button.Name}"><input type="hidden" name="revision" value="{(string?)model.Record["$revision"]?["value"]}">
        <p>{Words.Of("process.ask", button.Name)}</p><p class="move"><span class="state">{button.From}</span> <span aria-hidden="true">&rarr;</span><span class="hidden">{Words.Of("process.to")}</span> <span class="state">{button.To}</span></p>
        {Choice(button, index)}
        <button class="main" type="submit">{Words.Of("process.do")}</button></form></details>
        """);

    private Html Assign(Assignment assignment) => Html.Of($"""
        <details class="action assign" name="action"><summary class="button">{Words.Of("assign.title")}</summary>
        <form class="question" method="post" action="{Paths.Assign(model.App.Id, model.Number ?? 0)}">{Frame.Token(token)}
        <input type="hidden" name="revision" value="{(string?)model.Record["$revision"]?["value"]}">
        <fieldset class="choices long"><legend>{Words.Of(assignment.One ? "assign.one" : "assign.some")}</legend><div class="options">{assignment.People.Select((person, index) => Candidate(assignment, person, index))}</div></fieldset>
        <button class="main" type="submit">{Words.Of("assign.do")}</button></form></details>
        """);

    private static Html Candidate(Assignment assignment, Person person, int index) => Html.Of($"""
        <label class="choice" for="assign:{index}"><input type="{(assignment.One ? "radio" : "checkbox")}" id="assign:{index}" name="assignee" value="{person.Code}"{Html.When(assignment.Present.Contains(person.Code), Html.Of($" checked"))}> {person.Name}</label>
        """);

    private static Html Choice(Button button, int index) => button.Choices is not { } people ? Html.None : Html.Of($"""
        <div class="field w-full"><label for="assignee:{index}">{Words.Of("process.assignee")}</label><select id="assignee:{index}" name="assignee" required><option value="">{Words.Of("choice.none")}</option>
        {people.Select(static person => Html.Of($"""<option value="{person.Code}">{person.Name}</option>"""))}</select></div>
        """);
}
