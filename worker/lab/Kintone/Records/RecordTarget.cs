using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Records;

/// <summary>Which record an update means: by <c>id</c>, or by <c>updateKey</c>, a unique text or number field. Source: kintone, "複数のレコードを更新する".</summary>
internal sealed class RecordTarget
{
    private RecordTarget(RecordDocument? record, Field? keyField, JToken? keyValue)
    {
        Record = record;
        KeyField = keyField;
        KeyValue = keyValue;
    }

    /// <summary>The record, or null when there is none.</summary>
    public RecordDocument? Record { get; }

    /// <summary>The key field, when the update came by key.</summary>
    public Field? KeyField { get; }

    /// <summary>The key's value.</summary>
    public JToken? KeyValue { get; }

    /// <summary>Reads the target of one update.</summary>
    /// <param name="call">The request.</param>
    /// <param name="scope">The app.</param>
    /// <param name="update">The object that holds <c>id</c> or <c>updateKey</c>.</param>
    /// <param name="prefix">Where it stands in the request, with a final dot, or nothing.</param>
    /// <exception cref="Refusal">Neither or both are given, or the key field does not serve.</exception>
    public static RecordTarget Read(Call call, AppScope scope, Parameters update, string prefix)
    {
        var id = update.OptionalWhole("id");
        var hasKey = update.Has("updateKey");
        if (id is null == !hasKey) throw Refusals.Invalid(prefix + "id", hasKey ? MessageId.WrongType : MessageId.Required);
        if (id is { } given) return new RecordTarget(call.Tenant.Records.Find(Keys.Of(scope.App.Id, given)), null, null);

        var key = new Parameters(update.Object("updateKey"));
        var code = key.Text("field");
        var serves = scope.Model.Form.TryGet(code, out var field) && field is { Unique: true, Table: null, Type: SingleLineTextType or NumberType };
        if (!serves) throw Refusals.Invalid(prefix + "updateKey.field", MessageId.UpdateKeyNotUnique);
        JToken value = key.Text("value");
        var record = ValueLookup.Find(call.Tenant, scope.App.Id, field!, value).FirstOrDefault();
        return new RecordTarget(record, field, value);
    }

    /// <summary>The record, which must be there.</summary>
    /// <exception cref="Refusal">GAIA_RE01.</exception>
    public RecordDocument Existing(Parameters update) => Record ?? throw Refusals.RecordNotFound(update.OptionalWhole("id") ?? 0);
}
