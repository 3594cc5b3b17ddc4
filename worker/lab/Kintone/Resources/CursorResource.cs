using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.Query;
using VulnDiag.Lab.Kintone.Records;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Resources;

/// <summary>Cursors: the hits are those of the cursor's making, the values those of the reading. Source: kintone, "カーソルを作成する" and its neighbours.</summary>
internal sealed class CursorResource : IResource
{
    private const string Path = "records/cursor.json";
    private const int DefaultSize = 100;
    private const int MaxSize = 500;
    private const int MaxFields = 1_000;

    /// <inheritdoc/>
    public IEnumerable<Operation> Operations => [new("POST", Path, Create), new("GET", Path, Read), new("DELETE", Path, Delete)];

    private static JObject Create(Call call)
    {
        var scope = AppScope.Open(call, call.Parameters.Id("app"));
        var size = call.Parameters.OptionalWhole("size") ?? DefaultSize;
        if (size is < 1 or > MaxSize) throw Refusals.Invalid("size", MessageId.OutOfRange, 1, MaxSize);
        var query = QueryParser.Parse(call.Parameters.OptionalText("query") ?? "");
        if (query.Limit is not null || query.Offset is not null) throw QueryFaults.Syntax();

        var hits = new RecordSearch(call, scope).Find(query);
        var cursor = new Cursor(
            Guid.NewGuid().ToString("D"), call.Caller.Code, scope.App.Id, [.. hits.Select(record => record.Id)], call.Parameters.Texts("fields", MaxFields), (int)size)
        {
            Touched = call.Now,
        };
        call.Parts.Cursors.Add(cursor, call.Now);
        return new JObject { ["id"] = cursor.Id, ["totalCount"] = Wire.Number(hits.Count) };
    }

    private static JObject Read(Call call)
    {
        var cursor = call.Parts.Cursors.Find(call.Parameters.Text("id"), call.Caller, call.Now);
        var scope = AppScope.Open(call, cursor.App);
        var view = new RecordView(scope.App, scope.Model, scope.Access, call.Directory);
        var page = cursor.Records.Skip(cursor.Position).Take(cursor.Size)
            .Select(id => call.Tenant.Records.Find(Keys.Of(cursor.App, id)))
            .OfType<RecordDocument>()
            .Where(record => scope.Access.OnRecord(record).HasFlag(RecordRights.View));

        var moved = cursor with { Position = cursor.Position + cursor.Size, Touched = call.Now };
        var next = moved.Position < cursor.Records.Count;
        if (next) call.Parts.Cursors.Replace(moved);
        else call.Parts.Cursors.Remove(cursor);
        return new JObject { ["records"] = new JArray(page.Select(record => view.Show(record, cursor.Fields))), ["next"] = next };
    }

    private static JObject Delete(Call call)
    {
        call.Parts.Cursors.Remove(call.Parts.Cursors.Find(call.Parameters.Text("id"), call.Caller, call.Now));
        return [];
    }
}
