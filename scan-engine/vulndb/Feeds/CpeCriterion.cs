using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Versions;

namespace VulnDiag.VulnDb.Feeds;

/// <summary>A product with the versions that are meant. A feed has millions; the name is taken apart only when it is asked for.</summary>
internal sealed class CpeCriterion
{
    private CpeName? name;
    private (string Version, string Update)? release;
    private IReadOnlySet<string>? askedLast;
    private bool wasAmong;

    /// <param name="name">CPE name.</param>
    /// <param name="range">Bounds of the version.</param>
    /// <param name="vulnerable">False where the product is only what the vulnerable one runs on.</param>
    internal CpeCriterion(CpeName name, VersionRange range, bool vulnerable)
        : this(CpeText.Of(name.ToString())!.Value, name.Key, range, vulnerable) => this.name = name;

    private CpeCriterion(CpeText text, string key, VersionRange range, bool vulnerable)
    {
        Text = text;
        Range = range;
        Vulnerable = vulnerable;
        Key = key;
    }

    /// <summary>As it is stored.</summary>
    internal CpeText Text { get; }

    /// <summary>Part, vendor and product without escapes, as <see cref="CpeName.Key"/>.</summary>
    internal string Key { get; }

    /// <summary>The name, taken apart.</summary>
    internal CpeName Name => name ??= CpeName.Parse(Text.ToString()) ?? throw new InvalidDataException($"'{Text}' is no CPE name.");

    /// <summary>Version and update, mostly without taking the name apart: of most criteria nothing else is asked.</summary>
    internal (string Version, string Update) Release => release ??= ReadRelease();

    /// <summary>Version and update as one.</summary>
    internal string Whole => field ??= Release.Update is CpeName.Any or CpeName.NotApplicable ? Release.Version : $"{Release.Version}-{Release.Update}";

    /// <summary>Bounds of the version.</summary>
    internal VersionRange Range { get; }

    /// <summary>False where the product is only what the vulnerable one runs on.</summary>
    internal bool Vulnerable { get; }

    /// <summary>A criterion as a feed writes it; null when the text is no CPE name.</summary>
    internal static CpeCriterion? Read(string cpe, VersionRange range, bool vulnerable)
    {
        if (CpeText.Of(cpe) is { } text) return new CpeCriterion(text, text.Key, range, vulnerable);
        // The forms of CPE 2.2 and mixed case are rare: they are brought to the usual one.
        return CpeName.Parse(cpe) is { } parsed ? new CpeCriterion(parsed, range, vulnerable) : null;
    }

    /// <summary>A criterion from the store, where many have one product.</summary>
    /// <param name="text">Name.</param>
    /// <param name="key">The key of <paramref name="text"/>.</param>
    /// <param name="range">Bounds of the version.</param>
    /// <param name="vulnerable">False for a platform.</param>
    internal static CpeCriterion Stored(CpeText text, string key, VersionRange range, bool vulnerable) => new(text, key, range, vulnerable);

    /// <summary>True when the product is one of those; a product's records are asked about the same ones over and over.</summary>
    internal bool IsAmong(IReadOnlySet<string> keys)
    {
        if (ReferenceEquals(askedLast, keys)) return wasAmong;
        wasAmong = keys.Contains(Key);
        askedLast = keys;
        return wasAmong;
    }

    private (string Version, string Update) ReadRelease()
    {
        if (Text.Rest.Length == 0) return (CpeName.Any, CpeName.Any);
        if (Text.Rest.Contains('\\', StringComparison.Ordinal)) return (Name.Version, Name.Update);
        var cells = Text.Rest.Split(':', 3);
        return (cells[0], cells.Length > 1 ? cells[1] : CpeName.Any);
    }
}
