using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Query;
using VulnDiag.Lab.Kintone.Records;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Rights;

/// <summary>What one caller may do with one app, its records and their fields.</summary>
/// <remarks>App rights bound record rights, record rights bound field rights. A token's rights stand instead of all three lists. Source: kintone help, "アクセス権の設定", "APIトークンを生成する".</remarks>
internal sealed class Access
{
    private readonly Caller _caller;
    private readonly AppDocument _app;
    private readonly AppModel _model;
    private readonly List<(Func<IQueryRow, bool> Applies, RecordRule Rule)> _recordRules = [];

    public Access(Caller caller, AppDocument app, AppModel model, DateTimeOffset now)
    {
        _caller = caller;
        _app = app;
        _model = model;
        App = AppRightsOf(caller, app, model);
        if (caller.IsToken) return;
        var binder = QueryBinder.ForSettings(model.Form, now, caller.ForQueries);
        foreach (var rule in model.Rules.Records) _recordRules.Add((binder.Bind(rule.Condition), rule));
    }

    /// <summary>The rights in the app.</summary>
    public AppRights App { get; }

    /// <summary>Refuses the request unless the caller has <paramref name="right"/> in the app.</summary>
    /// <exception cref="Refusal">GAIA_NO01 for a token, CB_NO02 for a user.</exception>
    public void Demand(AppRights right)
    {
        if (!App.HasFlag(right)) throw Refused();
    }

    /// <summary>Refuses the request unless the caller has <paramref name="right"/> on the record.</summary>
    /// <exception cref="Refusal">GAIA_NO01 for a token, CB_NO02 for a user.</exception>
    public void Demand(RecordRights right, RecordDocument record)
    {
        if (!OnRecord(record).HasFlag(right)) throw Refused();
    }

    /// <summary>The rights on a record.</summary>
    public RecordRights OnRecord(RecordDocument record)
    {
        var bound = RecordRights.None;
        if (App.HasFlag(AppRights.View)) bound |= RecordRights.View;
        if (App.HasFlag(AppRights.Edit)) bound |= RecordRights.Edit;
        if (App.HasFlag(AppRights.Delete)) bound |= RecordRights.Delete;
        if (_caller.IsToken) return bound;

        var row = new WholeRow(record);
        foreach (var (applies, rule) in _recordRules)
        {
            if (!applies(row)) continue;
            var entry = rule.Entries.FirstOrDefault(entry => entry.Entity.Covers(_caller, _app.Creator, field => IsNamedIn(record, field)));
            return bound & (entry?.Rights ?? RecordRights.None);
        }

        return bound;
    }

    /// <summary>The right on a field of a record. A column has at most its table's right.</summary>
    public FieldRight OnField(RecordDocument record, Field field)
    {
        if (_caller.IsToken) return FieldRight.Write;
        var own = ListedRight(record, field);
        if (field.Table is null) return own;
        var tables = ListedRight(record, field.Table);
        return own < tables ? own : tables;
    }

    /// <summary>Whether the users, groups or organisations in a field of the record include the caller.</summary>
    public bool IsNamedIn(RecordDocument record, string code)
    {
        if (!_model.Form.TryGet(code, out var field) || field.Table is not null || field.Type.Family != ValueFamily.Entities) return false;
        var codes = ((JArray)StoredValue.Of(record, field)).Select(value => (string)value!);
        return field.Type switch
        {
            GroupSelectType => codes.Any(_caller.IsIn),
            OrganizationSelectType => codes.Any(_caller.IsInOrganization),
            _ => codes.Contains(_caller.Code),
        };
    }

    private static AppRights AppRightsOf(Caller caller, AppDocument app, AppModel model)
    {
        if (caller.IsToken) return (AppRights)(caller.TokenRights(app.Id) ?? ApiTokenRights.None);
        var rule = model.Rules.App.FirstOrDefault(rule => rule.Entity.Covers(caller, app.Creator, _ => false));
        var rights = rule?.Rights ?? AppRights.None;
        return caller.IsAdministrator ? rights | AppRights.Manage : rights;
    }

    private FieldRight ListedRight(RecordDocument record, Field field)
    {
        if (!_model.Rules.Fields.TryGetValue(field.Code, out var entries)) return FieldRight.Write;
        var entry = entries.FirstOrDefault(entry => entry.Entity.Covers(_caller, _app.Creator, code => IsNamedIn(record, code)));
        return entry?.Right ?? FieldRight.None;
    }

    private Refusal Refused() => _caller.IsToken ? Refusals.TokenLacksRight() : Refusals.NoPermission();
}
