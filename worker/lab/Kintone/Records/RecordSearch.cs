using System.Globalization;
using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.Query;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Records;

/// <summary>Finds an app's records for a caller: only those that the caller may view, by a query, in its order.</summary>
internal sealed class RecordSearch(Call call, AppScope scope)
{
    private readonly IDirectory _directory = call.Directory;
    private readonly QueryBinder _binder = new(scope.Model.Form, call.Now, call.Caller.ForQueries);

    /// <summary>All hits of a query, its limit and offset aside.</summary>
    /// <exception cref="Refusal">The app's view right is missing, or the query is at fault.</exception>
    public IReadOnlyList<RecordDocument> Find(ParsedQuery query)
    {
        scope.Access.Demand(AppRights.View);
        var test = _binder.Bind(query.Where);
        var keys = query.Order.Select(key => (Field: _binder.FieldOf(key.Field), key.Descending)).ToList();
        // The question first: it is the cheaper one, and most records fail it.
        var hits = call.Tenant.Records.Of(scope.App.Key)
            .Where(record => test(Row(record)) && scope.Access.OnRecord(record).HasFlag(RecordRights.View))
            .ToList();
        return Sort(hits, keys);
    }

    private VisibleRow Row(RecordDocument record) => new(record, scope.Access, _directory);

    private List<RecordDocument> Sort(List<RecordDocument> hits, List<(Field Field, bool Descending)> keys)
    {
        // Newest first unless asked otherwise, and among equals.
        IOrderedEnumerable<RecordDocument>? sorted = null;
        foreach (var (field, descending) in keys)
        {
            var key = SortKey(field);
            sorted = (sorted, descending) switch
            {
                (null, false) => hits.OrderBy(key),
                (null, true) => hits.OrderByDescending(key),
                ({ } before, false) => before.ThenBy(key),
                ({ } before, true) => before.ThenByDescending(key),
            };
        }

        return [.. sorted is null ? hits.OrderByDescending(record => record.Id) : sorted.ThenByDescending(record => record.Id)];
    }

    private Func<RecordDocument, SortValue> SortKey(Field field) => record =>
    {
        var text = Row(record).ValueOf(field) switch
        {
            null => "",
            JArray list => string.Join(' ', list.Select(item => (string?)item)),
            var value => (string?)value ?? "",
        };
        var isNumber = field.Type.Family == ValueFamily.Number && Scalar.TryDecimal(text, out _);
        return new SortValue(isNumber ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : decimal.MinValue, isNumber ? "" : text);
    };

    /// <summary>Numbers by value, all else by letter; what is empty comes first.</summary>
    private readonly record struct SortValue(decimal Number, string Text) : IComparable<SortValue>
    {
        public int CompareTo(SortValue other)
        {
            var byNumber = Number.CompareTo(other.Number);
            return byNumber != 0 ? byNumber : string.CompareOrdinal(Text, other.Text);
        }
    }
}
