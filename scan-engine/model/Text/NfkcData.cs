using System.Globalization;
using System.Reflection;

namespace VulnDiag.Model.Text;

/// <summary>Reads nfkc.csv: combining classes, full compatibility decompositions and the pairs that compose (code points in hexadecimal).</summary>
/// <remarks>Source: Unicode Character Database 14.0 (UnicodeData.txt, CompositionExclusions.txt), Unicode License v3. Hangul syllables are reckoned, not listed.</remarks>
internal sealed class NfkcData
{
    private readonly Dictionary<int, byte> classes = [];
    private readonly Dictionary<int, int[]> decompositions = [];
    private readonly Dictionary<(int First, int Second), int> compositions = [];

    private NfkcData()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("VulnDiag.Model.Text.nfkc.csv")
            ?? throw new InvalidOperationException("nfkc.csv is not embedded.");
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line) Add(line.Split(','));
    }

    internal static NfkcData Instance { get; } = new();

    internal byte ClassOf(int code) => classes.GetValueOrDefault(code);

    internal int[]? DecompositionOf(int code) => decompositions.GetValueOrDefault(code);

    internal int? Compose(int first, int second) => compositions.TryGetValue((first, second), out var code) ? code : null;

    private void Add(string[] cells)
    {
        var code = Hex(cells[0]);
        if (cells[1].Length > 0) classes[code] = byte.Parse(cells[1], CultureInfo.InvariantCulture);
        if (cells[2].Length > 0) decompositions[code] = [.. cells[2].Split(' ').Select(Hex)];
        if (cells[3].Length > 0 && cells[3].Split(' ') is [var first, var second]) compositions[(Hex(first), Hex(second))] = code;
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
