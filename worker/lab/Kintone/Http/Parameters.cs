using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Forms;

namespace VulnDiag.Lab.Kintone.Http;

/// <summary>A request's parameters, whether they came by query string or as a JSON body. Numbers may be text.</summary>
internal sealed class Parameters(JObject values)
{
    /// <summary>All parameters as they came.</summary>
    public JObject Values { get; } = values;

    /// <summary>Whether the parameter is there and not null.</summary>
    public bool Has(string name) => Values[name] is not (null or JValue { Value: null });

    /// <summary>A whole number that must be there, such as an id.</summary>
    /// <exception cref="Refusal">It is missing, no number, or less than 1.</exception>
    public long Id(string name)
    {
        var id = OptionalWhole(name) ?? throw Refusals.Invalid(name, MessageId.Required);
        return id >= 1 ? id : throw Refusals.Invalid(name, MessageId.AtLeast, 1);
    }

    /// <summary>A whole number, or null when it is not there.</summary>
    /// <exception cref="Refusal">It is no number.</exception>
    public long? OptionalWhole(string name) => Has(name) && Scalar.Text(Values[name]) is not "" ? Whole(Values[name], name) : null;

    /// <summary>A text that must be there.</summary>
    /// <exception cref="Refusal">It is missing.</exception>
    public string Text(string name) => OptionalText(name) is { Length: > 0 } text ? text : throw Refusals.Invalid(name, MessageId.Required);

    /// <summary>A text, or null when it is not there.</summary>
    /// <exception cref="Refusal">It is no text.</exception>
    public string? OptionalText(string name) =>
        Has(name) ? Scalar.Text(Values[name]) ?? throw Refusals.Invalid(name, MessageId.WrongType) : null;

    /// <summary>A switch; false when it is not there.</summary>
    /// <exception cref="Refusal">It is neither true nor false.</exception>
    public bool Flag(string name) => OptionalText(name)?.ToUpperInvariant() switch
    {
        null or "" or "FALSE" => false,
        "TRUE" => true,
        _ => throw Refusals.Invalid(name, MessageId.WrongType),
    };

    /// <summary>An object that must be there.</summary>
    /// <exception cref="Refusal">It is missing or no object.</exception>
    public JObject Object(string name) => Has(name)
        ? Values[name] as JObject ?? throw Refusals.Invalid(name, MessageId.WrongType)
        : throw Refusals.Invalid(name, MessageId.Required);

    /// <summary>A list that must be there.</summary>
    /// <exception cref="Refusal">It is missing, no list, or too long.</exception>
    public JArray List(string name, int most) => OptionalList(name, most) ?? throw Refusals.Invalid(name, MessageId.Required);

    /// <summary>A list, or null when it is not there. A single value, as a query string may hold it, is a list of one.</summary>
    /// <exception cref="Refusal">It is an object, or too long.</exception>
    public JArray? OptionalList(string name, int most)
    {
        if (!Has(name)) return null;
        var list = Values[name] switch
        {
            JArray array => array,
            JValue single => new JArray(single),
            _ => throw Refusals.Invalid(name, MessageId.WrongType),
        };
        return list.Count <= most ? list : throw Refusals.Invalid(name, MessageId.TooMany, most);
    }

    /// <summary>A list of objects that must be there.</summary>
    /// <exception cref="Refusal">It is missing, too long, or holds something else.</exception>
    public IReadOnlyList<JObject> Objects(string name, int most)
    {
        var list = List(name, most);
        var faults = new FaultList();
        for (var index = 0; index < list.Count; index++)
            if (list[index] is not JObject) faults.Add($"{name}[{index}]", MessageId.WrongType);
        faults.ThrowIfAny();
        return [.. list.Cast<JObject>()];
    }

    /// <summary>A list of ids that must be there.</summary>
    /// <exception cref="Refusal">It is missing, too long, or holds something else.</exception>
    public IReadOnlyList<long> Ids(string name, int most) =>
        [.. List(name, most).Select((id, index) => Whole(id, $"{name}[{index}]"))];

    /// <summary>A list of texts; empty when it is not there.</summary>
    /// <exception cref="Refusal">It is too long, or holds something else.</exception>
    public IReadOnlyList<string> Texts(string name, int most) =>
        [.. (OptionalList(name, most) ?? []).Select((text, index) => Scalar.Text(text) ?? throw Refusals.Invalid($"{name}[{index}]", MessageId.WrongType))];

    private static long Whole(JToken? token, string path) => Scalar.Whole(token) ?? throw Refusals.Invalid(path, MessageId.NotANumber);
}
