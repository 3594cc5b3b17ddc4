using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Apps;

/// <summary>What a draft has renamed since the last deployment: field codes, and labels of options. Records follow when it is deployed.</summary>
internal sealed class DraftRenames(AppSettings settings)
{
    private readonly Dictionary<string, string> _fields = new(settings.Renames);
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _options = new(settings.OptionRenames);

    /// <summary>Field codes: the one in the draft by the live one.</summary>
    public IReadOnlyDictionary<string, string> Fields => _fields;

    /// <summary>Labels of options by the live code of their field.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Options => _options;

    /// <summary>A field gets another code.</summary>
    public void Field(string from, string to) => RenameMap.Add(_fields, from, to);

    /// <summary>A field's options as a request gives them: a key is the label so far, <c>label</c> the one to be.</summary>
    public void OptionsOf(string code, JObject given)
    {
        var live = _fields.FirstOrDefault(rename => rename.Value == code).Key ?? code;
        var labels = new Dictionary<string, string>(_options.GetValueOrDefault(live) ?? new Dictionary<string, string>());
        foreach (var (before, option) in given)
            if (Scalar.Text((option as JObject)?["label"]) is { Length: > 0 } label && label != before) RenameMap.Add(labels, before, label);
        if (labels.Count > 0) _options[live] = labels;
    }

    /// <summary>A record's value under the new labels: the chosen option, or each of those chosen.</summary>
    public static JToken Relabelled(IReadOnlyDictionary<string, string>? labels, JToken value)
    {
        if (labels is null) return value;
        if (value is JArray chosen) return new JArray(chosen.Select(choice => Relabelled(labels, choice)));
        return (string?)value is { } label && labels.TryGetValue(label, out var renamed) ? renamed : value;
    }
}
