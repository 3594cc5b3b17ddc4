using System.Text;

namespace VulnDiag.Model.Text;

/// <summary>Unicode normalisation form KC: full-width letters become ASCII, half-width katakana full-width, and so on.</summary>
/// <remarks>
/// Thread-safe. The runtime's own <c>string.Normalize</c> returns its input unchanged under InvariantGlobalization, and ICU is not on every machine:
/// so the form is reckoned here. A lone surrogate passes through. Source: Unicode Standard Annex 15; The Unicode Standard, section 3.12 (Hangul).
/// </remarks>
public static class Nfkc
{
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TrailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TrailCount;

    /// <summary>The normalised text; the same instance where nothing can change.</summary>
    public static string Normalize(string text)
    {
        if (Ascii.IsValid(text)) return text;
        var codes = Decompose(text);
        Reorder(codes);
        return Write(Compose(codes));
    }

    private static List<int> Decompose(string text)
    {
        var codes = new List<int>(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var code = char.IsSurrogatePair(text, at) ? char.ConvertToUtf32(text[at], text[++at]) : text[at];
            if (code is >= SyllableBase and < SyllableBase + SyllableCount) DecomposeSyllable(codes, code - SyllableBase);
            else if (NfkcData.Instance.DecompositionOf(code) is { } parts) codes.AddRange(parts);
            else codes.Add(code);
        }

        return codes;
    }

    private static void DecomposeSyllable(List<int> codes, int index)
    {
        codes.Add(LeadBase + (index / (VowelCount * TrailCount)));
        codes.Add(VowelBase + (index % (VowelCount * TrailCount) / TrailCount));
        if (index % TrailCount is > 0 and var trail) codes.Add(TrailBase + trail);
    }

    /// <summary>Canonical ordering: combining marks between two starters, by class, stable.</summary>
    private static void Reorder(List<int> codes)
    {
        for (var at = 1; at < codes.Count; at++)
        {
            var mark = codes[at];
            var order = NfkcData.Instance.ClassOf(mark);
            if (order == 0) continue;
            var to = at;
            while (to > 0 && NfkcData.Instance.ClassOf(codes[to - 1]) > order)
            {
                codes[to] = codes[to - 1];
                to--;
            }

            codes[to] = mark;
        }
    }

    private static List<int> Compose(List<int> codes)
    {
        var result = new List<int>(codes.Count);
        var starter = -1;
        var lastClass = 0;
        foreach (var code in codes)
        {
            var order = NfkcData.Instance.ClassOf(code);
            var adjacent = starter == result.Count - 1;
            if (starter >= 0 && (adjacent || (lastClass < order && lastClass != 0)) && Pair(result[starter], code) is { } composed)
            {
                result[starter] = composed;
                continue;
            }

            if (order == 0) starter = result.Count;
            lastClass = order;
            result.Add(code);
        }

        return result;
    }

    private static int? Pair(int first, int second)
    {
        if (first is >= LeadBase and < LeadBase + LeadCount && second is >= VowelBase and < VowelBase + VowelCount)
            return SyllableBase + ((((first - LeadBase) * VowelCount) + (second - VowelBase)) * TrailCount);
        var isOpenSyllable = first is >= SyllableBase and < SyllableBase + SyllableCount && (first - SyllableBase) % TrailCount == 0;
        if (isOpenSyllable && second is > TrailBase and < TrailBase + TrailCount) return first + (second - TrailBase);
        return NfkcData.Instance.Compose(first, second);
    }

    private static string Write(List<int> codes)
    {
        var text = new StringBuilder(codes.Count);
        foreach (var code in codes)
        {
            if (code > char.MaxValue) text.Append(char.ConvertFromUtf32(code));
            else text.Append((char)code);
        }

        return text.ToString();
    }
}
