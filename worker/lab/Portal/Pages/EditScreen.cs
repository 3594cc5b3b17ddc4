using Microsoft.AspNetCore.Http;
using VulnDiag.Lab.Portal.Forms;
using VulnDiag.Lab.Portal.Markup;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Pages;

/// <summary>How the form of a record looks at a moment.</summary>
internal sealed class EditScreen(EditModel model, RecordDraft draft)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The input that the page opens at.</summary>
    public string? Focus { get; init; }

    /// <summary>What is wrong with inputs.</summary>
    public FaultMap Faults { get; init; } = FaultMap.None;

    /// <summary>Why it was not saved; null when nothing was tried.</summary>
    public string? Sentence { get; init; }

    /// <summary>Whether somebody else has changed the record meanwhile.</summary>
    public bool IsOvertaken { get; init; }

    /// <summary>Fields that somebody else changed and that were taken over.</summary>
    public IReadOnlyList<FieldSpec> Taken { get; init; } = [];

    /// <summary>Fields that both changed.</summary>
    public IReadOnlyList<FieldSpec> Disputed { get; init; } = [];

    /// <summary>The names of all files that the form holds, by key.</summary>
    public IReadOnlyDictionary<string, string> FileNames(Desk desk) => model.FileNames(desk, draft);

    /// <summary>The page.</summary>
    public PageContent Page(IReadOnlyDictionary<string, string> fileNames, string token)
    {
        var heading = model.Number is { } number ? Words.Of("edit.title", model.App.TitleOf(model.Record, number)) : Words.Of("edit.new", model.App.Name);
        var inputs = new InputView(Faults, model.People, fileNames, Focus);
        return new PageContent(heading, Html.Of($"""
            <form class="record" method="post" enctype="multipart/form-data" action="{Paths.Edit(model.App.Id, model.Number)}" novalidate>
            {Frame.Token(token)}
            <div class="head"><h1>{heading}</h1><div class="tools"><button class="main" type="submit" name="do" value="save">{Words.Of("edit.save")}</button>
            <a class="button" href="{Back()}">{Words.Of("edit.cancel")}</a></div></div>
            <input type="hidden" name="{PostedDraft.RevisionInput}" value="{draft.Revision?.ToString(System.Globalization.CultureInfo.InvariantCulture)}">
            <input type="hidden" name="{PostedDraft.OriginalInput}" value="{draft.OriginalText}">
            {Summary()}
            {new FormView(model, draft, inputs) { Disputed = [.. Disputed.Select(static field => field.Code)] }.Show()}
            <div class="foot"><button class="main" type="submit" name="do" value="save">{Words.Of("edit.save")}</button></div>
            </form>
            """))
        {
            Status = Status,
            Trail = [(Words.Of("apps.title"), Paths.Apps), (model.App.Name, Paths.List(model.App.Id)), (heading, "")],
        };
    }

    /// <summary>The page for a form that came too late: the record can no longer be changed, but what was typed is there to be copied.</summary>
    public static PageContent Closed(EditModel model, IFormCollection form)
    {
        var labels = model.App.Fields.Where(field => model.Record[field.Code] is not null).ToDictionary(static field => FormInput.Field(field.Code), static field => field.Label, StringComparer.Ordinal);
        var typed = form.Where(input => !string.IsNullOrEmpty(input.Value) && (labels.ContainsKey(input.Key) || input.Key.StartsWith("t:", StringComparison.Ordinal)));
        return new PageContent(Words.Of("refused.title"), Html.Of($"""
            <div class="panel"><h1>{Words.Of("edit.closed")}</h1><p role="alert">{Words.Of("edit.closedWhy")}</p>
            <p><a href="{Paths.Record(model.App.Id, model.Number ?? 0)}">{Words.Of("edit.toRecord")}</a></p>
            <dl class="typed">{typed.Select(input => Html.Of($"""<dt>{labels.GetValueOrDefault(input.Key, input.Key.Split(':')[^1])}</dt><dd class="lines">{input.Value.ToString()}</dd>"""))}</dl></div>
            """))
        {
            Status = StatusCodes.Status409Conflict,
        };
    }

    private string Back() => model.Number is { } number ? Paths.Record(model.App.Id, number) : Paths.List(model.App.Id);

    private Html Summary()
    {
        if (IsOvertaken)
        {
            return Html.Of($"""
                <div class="alert" role="alert" tabindex="-1" autofocus><h2>{Words.Of("edit.overtaken")}</h2><p>{Words.Of("edit.overtakenWhy")}</p>
                {Names("edit.disputed", Disputed)}{Names("edit.taken", Taken)}</div>
                """);
        }

        if (Sentence is null) return Html.None;
        return Html.Of($"""
            <div class="alert" role="alert" tabindex="-1" autofocus><h2>{Words.Of("edit.notSaved")}</h2><p>{Sentence}</p>
            <ul>{Faults.All.Select(fault => Html.Of($"""<li><a href="#{Uri.EscapeDataString(fault.Input)}">{NameOf(fault.Input)}: {fault.Text}</a></li>"""))}</ul></div>
            """);
    }

    private static Html Names(string key, IReadOnlyList<FieldSpec> fields) =>
        Html.When(fields.Count > 0, Html.Of($"<p>{Words.Of(key)}</p><ul>{fields.Select(static field => Html.Of($"<li>{field.Label}</li>"))}</ul>"));

    private string NameOf(string input)
    {
        var parts = input.Split(':');
        var field = model.App.Fields.FirstOrDefault(field => field.Code == parts[1]);
        if (parts.Length < 4) return field?.Label ?? parts[1];
        var column = field?.Columns.FirstOrDefault(column => column.Code == parts[3]);
        return Words.Of("table.cellOf", field?.Label ?? parts[1], (PortalValue.Whole(parts[2]) ?? 0) + 1, column?.Label ?? parts[3]);
    }
}
