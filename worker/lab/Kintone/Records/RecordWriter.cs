using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Files;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.Process;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Records;

/// <summary>Adds, changes and deletes records of one app within a call's transaction.</summary>
internal sealed class RecordWriter(Call call, AppScope scope)
{
    private readonly Tenant _tenant = call.Tenant;
    private readonly Transaction _transaction = call.Transaction;
    private readonly Form _form = scope.Model.Form;

    /// <summary>Adds a record. Fields that <paramref name="given"/> does not name get their defaults.</summary>
    /// <param name="given">Values by field code, each <c>{value}</c>; unknown codes are ignored.</param>
    /// <param name="prefix">Where the record stands in the request, for faults: <c>record</c> or <c>records[2]</c>.</param>
    /// <exception cref="Refusal">A right is missing or a value is at fault.</exception>
    public RecordDocument Add(JObject given, string prefix)
    {
        scope.Access.Demand(AppRights.Add);
        var draft = BuiltInValues.Apply(call, scope, Draft(), given, prefix);
        var context = Context(draft);
        var values = new JObject();
        foreach (var field in Writable())
        {
            values[field.Code] = Given(field, given, draft, prefix) is { } value
                ? field.Type.Take(field, value["value"], new FieldPath(prefix, field.Code), context)
                : field.Type.Default(field, context);
        }

        LookupCopier.Copy(call, scope, given, values, draft.Values);
        new CalcFiller(_form, scope.Model.Precision, values).Fill();
        var record = draft with { Values = values };
        Check(record, prefix, context);
        if (scope.Model.Process is { } process) record = StatusMover.Start(process, record, new AssigneeResolver(_tenant, _form, record));
        _transaction.Put(_tenant.Records, record);
        return record;
    }

    /// <summary>Changes a record: fields that <paramref name="given"/> does not name stay as they are.</summary>
    /// <exception cref="Refusal">A right is missing, the revision is old, or a value is at fault.</exception>
    public RecordDocument Update(RecordDocument before, JObject given, long? revision, string prefix)
    {
        scope.Access.Demand(RecordRights.Edit, before);
        CheckRevision(before, revision);
        var context = Context(before);
        var values = new JObject(before.Values);
        foreach (var field in Writable())
        {
            if (Given(field, given, before, prefix) is not { } value) continue;
            var path = new FieldPath(prefix, field.Code);
            values[field.Code] = field.Type is SubtableType table
                ? table.Take(field, value["value"], before.Values[field.Code] as JArray ?? [], path, context)
                : field.Type.Take(field, value["value"], path, context);
        }

        LookupCopier.Copy(call, scope, given, values, before.Values);
        new CalcFiller(_form, scope.Model.Precision, values).Fill();
        var record = before with { Values = values, Revision = before.Revision + 1, Modifier = call.Caller.Code, UpdatedAt = call.Now };
        Check(record, prefix, context);
        _transaction.Put(_tenant.Records, record);
        AttachedFiles.RemoveDropped(call, _form, before.Values, values);
        return record;
    }

    /// <summary>Deletes a record with its comments and files.</summary>
    /// <exception cref="Refusal">The right is missing or the revision is old.</exception>
    public void Delete(RecordDocument record, long? revision)
    {
        scope.Access.Demand(RecordRights.Delete, record);
        CheckRevision(record, revision);
        foreach (var comment in _tenant.Comments.Of(record.Key).ToList()) _transaction.Remove(_tenant.Comments, comment);
        foreach (var change in _tenant.StatusChanges.Of(record.Key).ToList()) _transaction.Remove(_tenant.StatusChanges, change);
        AttachedFiles.RemoveDropped(call, _form, record.Values, []);
        _transaction.Remove(_tenant.Records, record);
    }

    /// <summary>Refuses a revision that is not the record's; none and -1 are not checked.</summary>
    /// <exception cref="Refusal">GAIA_CO02.</exception>
    public static void CheckRevision(RecordDocument record, long? revision)
    {
        if (revision is { } expected and not -1 && expected != record.Revision) throw Refusals.StaleRecord();
    }

    private RecordDocument Draft()
    {
        var counters = _tenant.Counters.Find(scope.App.Key) ?? new AppCounters(scope.App.Id, 0, 0);
        counters = counters with { LastRecord = counters.LastRecord + 1 };
        _transaction.Put(_tenant.Counters, counters);
        var user = call.Caller.Code;
        return new RecordDocument(scope.App.Id, counters.LastRecord, 1, [], user, call.Now, user, call.Now, null, [], 0);
    }

    private IEnumerable<Field> Writable() => _form.Fields.Where(field => field.Type is { Writable: true, HasValue: true });

    private WriteContext Context(RecordDocument record) => new(_tenant, _transaction, call.Caller.Code, call.Now, scope.App.Id, record.Id)
    {
        MayWrite = field => scope.Access.OnField(record, field) == FieldRight.Write,
    };

    /// <summary>What the request gives for a field, or null when it does not name it.</summary>
    private JObject? Given(Field field, JObject given, RecordDocument record, string prefix)
    {
        if (given[field.Code] is not { } token) return null;
        if (token is not JObject value) throw Refusals.Invalid($"{prefix}.{field.Code}", MessageId.WrongType);
        if (scope.Access.OnField(record, field) != FieldRight.Write) throw Refusals.FieldNotEditable(field.Code);
        return value;
    }

    private void Check(RecordDocument record, string prefix, WriteContext context)
    {
        RecordChecks.Required(record, _form, prefix, context.Faults);
        RecordChecks.Unique(record, _form, _tenant, prefix, context.Faults);
        context.Faults.ThrowIfAny();
    }
}
