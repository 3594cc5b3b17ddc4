using Microsoft.AspNetCore.Http;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Portal.Forms;
using VulnDiag.Lab.Portal.Markup;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Pages;

/// <summary>The form of a record, new or old. Whatever happens to a form that was sent, what was typed comes back with it.</summary>
internal sealed class EditPage : IPage
{
    private const string Pattern = "/k/{app:long}/edit";

    /// <inheritdoc/>
    public IEnumerable<PageRoute> Routes => [new("GET", Pattern, Door.User, OpenAsync), new("POST", Pattern, Door.User, SendAsync)];

    private static async Task OpenAsync(Visit visit)
    {
        var model = await ReadAsync(visit);
        if (!model.MayEdit) throw Refusals.NoPermission();
        var draft = model.Number is null ? RecordDraft.New(model.Editable) : RecordDraft.Of(model.Editable, model.Record);
        await ShowAsync(visit, new EditScreen(model, draft));
    }

    private static async Task SendAsync(Visit visit)
    {
        var model = await ReadAsync(visit);
        var draft = await new PostedDraft(visit).ReadAsync(model.Editable);
        if (!model.MayEdit)
        {
            await visit.ShowAsync(EditScreen.Closed(model, visit.Form));
            return;
        }

        var asked = visit.Posted("do").Split(':', 3);
        var table = asked.Length > 1 ? model.Editable.FirstOrDefault(field => field.Type == "SUBTABLE" && field.Code == asked[1]) : null;
        if (table is not null) await ChangeRowsAsync(visit, model, draft, table, asked);
        else await SaveAsync(visit, model, draft);
    }

    private static Task<EditModel> ReadAsync(Visit visit) => visit.AskAsync(desk => EditModel.Read(desk, visit.App, visit.Record));

    private static Task ChangeRowsAsync(Visit visit, EditModel model, RecordDraft draft, FieldSpec table, string[] asked)
    {
        if (asked[0] == "add") draft.AddRow(table);
        else if (asked is ["remove", _, var row]) draft.RemoveRow(table, PortalValue.Whole(row) ?? long.MaxValue);
        var rows = ((JArray)draft.Values[table.Code]!).Count;
        var focus = rows > 0 && table.Columns.Count > 0 ? FormInput.Cell(table.Code, rows - 1, table.Columns[0].Code) : null;
        return ShowAsync(visit, new EditScreen(model, draft) { Focus = focus });
    }

    private static async Task SaveAsync(Visit visit, EditModel model, RecordDraft draft)
    {
        try
        {
            var number = await visit.AskAsync(desk => Save(desk, model, draft));
            visit.EnsureSession().Notice = Words.Of("edit.saved");
            await visit.GoAsync(Paths.Record(visit.App, number));
        }
        catch (Refusal refusal) when (refusal.Code == Refusals.StaleRecord().Code)
        {
            var latest = await ReadAsync(visit);
            var (merged, taken, disputed) = draft.OnTopOf(latest.Record);
            await ShowAsync(visit, new EditScreen(latest, merged) { Status = refusal.Status, Taken = taken, Disputed = disputed, IsOvertaken = true });
        }
        catch (Refusal refusal) when (refusal.Code != Refusals.NoCredentials().Code)
        {
            await ShowAsync(visit, new EditScreen(model, draft)
            {
                Status = refusal.Status,
                Faults = FaultMap.Read(refusal),
                Sentence = Messages.Text(refusal.Sentence, "ja", refusal.Arguments),
            });
        }
    }

    private static long Save(Desk desk, EditModel model, RecordDraft draft)
    {
        var known = model.FileNames(desk, draft);
        if (draft.FileKeys.FirstOrDefault(key => !known.ContainsKey(key)) is { } stranger) throw Refusals.FileNotFound(stranger);
        var request = new JObject { ["app"] = model.App.Id, ["record"] = draft.Changes() };
        if (model.Number is not { } number) return PortalValue.Whole(desk.Run("POST", "record.json", request)["id"]) ?? 0;
        request["id"] = number;
        request["revision"] = draft.Revision ?? throw Refusals.IllegalRequest();
        desk.Run("PUT", "record.json", request);
        return number;
    }

    private static async Task ShowAsync(Visit visit, EditScreen screen)
    {
        var names = await visit.AskAsync(screen.FileNames);
        await visit.ShowAsync(screen.Page(names, visit.EnsureSession().Token));
    }
}
