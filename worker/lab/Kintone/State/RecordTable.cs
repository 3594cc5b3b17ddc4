using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>The records of all apps, with an index of values for every field that was ever looked up by value: unique fields, update keys, lookups.</summary>
internal sealed class RecordTable() : ChildTable<RecordDocument>("record", record => Keys.Of(record.App), record => record.Id)
{
    private readonly Dictionary<long, Dictionary<string, ValueIndex>> _indexes = [];

    /// <summary>The ids of an app's records that hold a value in a field, lowest first.</summary>
    /// <param name="app">The app.</param>
    /// <param name="field">The field's code; a field outside of tables.</param>
    /// <param name="keyOf">The value under which a stored one is found; null when it is not to be found. The same for a field at every call.</param>
    /// <param name="value">The value sought, as <paramref name="keyOf"/> makes it.</param>
    public IReadOnlyCollection<long> Find(long app, string field, Func<JToken?, string?> keyOf, string value)
    {
        if (!_indexes.TryGetValue(app, out var ofApp)) _indexes[app] = ofApp = new(StringComparer.Ordinal);
        if (!ofApp.TryGetValue(field, out var index))
        {
            ofApp[field] = index = new ValueIndex(field, keyOf);
            foreach (var record in Of(Keys.Of(app))) index.Change(null, record);
        }

        return index.Find(value);
    }

    /// <summary>Forgets the indexes of an app whose fields have changed.</summary>
    public void ForgetIndexes(long app) => _indexes.Remove(app);

    /// <inheritdoc/>
    protected override void OnChanged(RecordDocument? before, RecordDocument? after)
    {
        base.OnChanged(before, after);
        if (!_indexes.TryGetValue((after ?? before)!.App, out var ofApp)) return;
        foreach (var index in ofApp.Values) index.Change(before, after);
    }

    private sealed class ValueIndex(string field, Func<JToken?, string?> keyOf)
    {
        private readonly Dictionary<string, SortedSet<long>> _ids = new(StringComparer.Ordinal);

        public IReadOnlyCollection<long> Find(string value) => _ids.TryGetValue(value, out var ids) ? ids : [];

        public void Change(RecordDocument? before, RecordDocument? after)
        {
            var (old, now) = (before is null ? null : keyOf(before.Values[field]), after is null ? null : keyOf(after.Values[field]));
            if (old == now && before is not null && after is not null) return;
            if (old is not null && _ids.TryGetValue(old, out var ids) && ids.Remove(before!.Id) && ids.Count == 0) _ids.Remove(old);
            if (now is null) return;
            if (!_ids.TryGetValue(now, out var others)) _ids[now] = others = [];
            others.Add(after!.Id);
        }
    }
}
