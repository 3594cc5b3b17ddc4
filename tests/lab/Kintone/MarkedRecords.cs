using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Portal;
using static VulnDiag.Lab.Kintone.KintoneFixture;

namespace VulnDiag.Lab.Kintone;

/// <summary>A record in each of the project's apps that belongs to nobody of hospital A, and hospital A's own, all with marks wherever hospital A may not look.</summary>
internal sealed class MarkedRecords
{
    internal const string Mark = "canary";
    private readonly List<(long App, long Record, string File)> _foreign = [];
    private readonly PortalFixture _portal;
    private readonly Dictionary<long, KintoneSession> _keys = [];
    private (long App, long Record) _own;
    private string _cursor = "";

    private MarkedRecords(PortalFixture portal) => _portal = portal;

    /// <summary>App, record and a file's key, of foreign records and of hospital A's own.</summary>
    internal IEnumerable<(long App, long Record, string File)> Places => _foreign.Append((_own.App, _own.Record, _foreign.First(place => place.App == _own.App).File));

    internal static async Task<MarkedRecords> MakeAsync(PortalFixture portal)
    {
        var marked = new MarkedRecords(portal);
        foreach (var app in portal.Apps) await marked.AddForeignAsync(app);
        await marked.AddOwnAsync();
        var cursor = Ok(await portal.As("coordinator").Post("records/cursor", new { app = portal.Engagements, size = 1 }));
        marked._cursor = (string)cursor.Body["id"]!;
        return marked;
    }

    /// <summary>Everything that the foreign records and the apps' settings hold, in one text.</summary>
    internal async Task<string> ReadAllAsync()
    {
        var all = new List<string>();
        foreach (var (app, record, _) in _foreign)
        {
            all.Add(Ok(await _keys[app].Get("record", $"app={app}&id={record}")).Body.ToString());
            all.Add(Ok(await _keys[app].Get("record/comments", $"app={app}&record={record}")).Body.ToString());
            all.Add((string)Ok(await _portal.Admin.Get("preview/app/settings", $"app={app}")).Body["revision"]!);
            all.Add((string)Ok(await _keys[app].Get("records", $"app={app}&totalCount=true&fields[0]=$id")).Body["totalCount"]!);
        }

        return string.Join('\n', all);
    }

    /// <summary>Parameters with which an operation could reach the marks: each holds every name that operations know, as none minds one that it does not.</summary>
    internal IEnumerable<JObject> Parameters(string method)
    {
        foreach (var (app, record, file) in Places)
        {
            foreach (JToken id in new JToken[] { record, app, _cursor })
            {
                foreach (JToken one in new JToken[] { record, new JObject() })
                {
                    var change = new JObject { ["id"] = record, ["record"] = new JObject(), ["action"] = "提出", ["assignee"] = "hospital-a" };
                    yield return new JObject
                    {
                        ["app"] = app, ["id"] = id, ["record"] = one, ["ids"] = new JArray(record), ["apps"] = new JArray(app), ["records"] = new JArray(change),
                        ["query"] = "", ["totalCount"] = true, ["size"] = 1, ["fileKey"] = file, ["action"] = "提出", ["assignee"] = "hospital-a", ["assignees"] = new JArray("hospital-a"),
                        ["comment"] = method == "POST" ? new JObject { ["text"] = "x", ["mentions"] = new JArray(new JObject { ["code"] = "coordinator", ["type"] = "USER" }) } : 1,
                        ["rights"] = new JArray(), ["views"] = new JObject(), ["properties"] = new JObject(), ["layout"] = new JArray(), ["states"] = new JObject(), ["actions"] = new JArray(),
                        ["notifications"] = new JArray(), ["reports"] = new JObject(), ["desktop"] = new JObject(), ["content"] = "x", ["space"] = 1, ["members"] = new JArray(),
                        ["requests"] = new JArray(
                            new JObject { ["method"] = "PUT", ["api"] = "/k/v1/record.json", ["payload"] = new JObject { ["app"] = app, ["id"] = record, ["record"] = new JObject() } },
                            new JObject { ["method"] = "DELETE", ["api"] = "/k/v1/records.json", ["payload"] = new JObject { ["app"] = app, ["ids"] = new JArray(record) } }),
                    };
                }
            }
        }
    }

    private async Task AddForeignAsync(long app)
    {
        var key = await KeyAsync(app);
        var values = await ValuesAsync(app, key, static _ => true);
        if (app == _portal.Engagements) values["医療機関ユーザー"] = Value(new JArray(new JObject { ["code"] = "hospital-b" }));
        var id = (long)Ok(await key.Post("record", new { app, record = values })).Body["id"]!;
        Ok(await key.Post("record/comment", new { app, record = id, comment = new { text = $"{Mark} comment", mentions = new[] { new { code = "hospital-b", type = "USER" } } } }));
        var record = (JObject)Ok(await key.Get("record", $"app={app}&id={id}")).Body["record"]!;
        var file = record.Properties().Where(static field => (string?)field.Value["type"] == "FILE").Select(static field => (string?)field.Value["value"]?.FirstOrDefault()?["fileKey"]).FirstOrDefault();
        _foreign.Add((app, id, file ?? "none"));
    }

    /// <summary>Hospital A's own record: marked where it is the staff's.</summary>
    private async Task AddOwnAsync()
    {
        var app = _portal.Engagements;
        var id = await _portal.Engagement("hospital-a");
        var visible = await _portal.Read(app, id, "hospital-a");
        var values = await ValuesAsync(app, _keys[app], code => !visible.ContainsKey(code));
        Ok(await _keys[app].Put("record", new { app, id, record = values }));
        _own = (app, id);
    }

    private async Task<KintoneSession> KeyAsync(long app)
    {
        const ApiTokenRights All = ApiTokenRights.View | ApiTokenRights.Add | ApiTokenRights.Edit;
        var session = _portal.As(null);
        session.Headers["X-Cybozu-API-Token"] = await _portal.Emulator.Admin.AddTokenAsync(app, All, CancellationToken.None);
        return _keys[app] = session;
    }

    private static async Task<JObject> ValuesAsync(long app, KintoneSession key, Func<string, bool> isMarked)
    {
        var fields = (JObject)Ok(await key.Get("app/form/fields", $"app={app}")).Body["properties"]!;
        var values = new JObject();
        foreach (var field in fields.Properties().Where(field => isMarked(field.Name)))
            if (await ValueAsync((JObject)field.Value, key) is { } value) values[field.Name] = Value(value);
        return values;
    }

    private static async Task<JToken?> ValueAsync(JObject field, KintoneSession key)
    {
        switch ((string?)field["type"])
        {
            case "SINGLE_LINE_TEXT" when field["lookup"] is null && (string?)field["expression"] is null or "":
            case "MULTI_LINE_TEXT" or "RICH_TEXT":
                return $"{Mark} {Guid.NewGuid():N}"[..20];
            case "NUMBER":
                return "77";
            case "FILE":
                return new JArray(new JObject { ["fileKey"] = await key.Upload($"{Mark}.txt", System.Text.Encoding.UTF8.GetBytes(Mark)) });
            case "SUBTABLE":
                var row = new JObject();
                foreach (var column in ((JObject)field["fields"]!).Properties())
                    if (await ValueAsync((JObject)column.Value, key) is { } value) row[column.Name] = Value(value);
                return new JArray(new JObject { ["value"] = row });
            default:
                return null;
        }
    }

    private static JObject Value(JToken value) => new() { ["value"] = value };
}
