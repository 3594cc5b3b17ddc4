using System.Text.RegularExpressions;
using VulnDiag.Lab.Kintone.Errors;

namespace VulnDiag.Lab.Portal.Forms;

/// <summary>The faults that the tenant found in a record, by the input they belong to.</summary>
internal sealed partial class FaultMap
{
    private readonly Dictionary<string, string> _byInput = new(StringComparer.Ordinal);

    /// <summary>No faults.</summary>
    public static FaultMap None { get; } = new();

    /// <summary>The inputs at fault with what is wrong, in the order in which the faults were found.</summary>
    public IEnumerable<(string Input, string Text)> All => _byInput.Select(static fault => (fault.Key, fault.Value));

    /// <summary>What is wrong with an input; null when nothing is.</summary>
    public string? Of(string input) => _byInput.GetValueOrDefault(input);

    /// <summary>Reads the faults of a refusal.</summary>
    public static FaultMap Read(Refusal refusal)
    {
        var map = new FaultMap();
        foreach (var (path, message, arguments) in refusal.Faults?.All ?? [])
        {
            var match = Written().Match(path);
            if (!match.Success) continue;
            var row = match.Groups["row"];
            var input = row.Success ? FormInput.Cell(match.Groups["code"].Value, row.Value, match.Groups["column"].Value) : FormInput.Field(match.Groups["code"].Value);
            map._byInput.TryAdd(input, Messages.Text(message, "ja", arguments));
        }

        return map;
    }

    /// <summary><c>record.CODE.value</c>, <c>record[CODE].value</c>, <c>record.TABLE.value[2].value.COLUMN.value</c>.</summary>
    [GeneratedRegex(@"^record[.\[](?<code>[^.\[\]]+)\]?(\.value\[(?<row>\d+)\]\.value[.\[](?<column>[^.\[\]]+)\]?)?")]
    private static partial Regex Written();
}
