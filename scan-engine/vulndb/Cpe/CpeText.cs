namespace VulnDiag.VulnDb.Cpe;

/// <summary>A CPE 2.3 formatted string in two parts: the product (part, vendor, product, escaped) and the rest without the ANYs at its end.</summary>
/// <param name="Product">Such as <c>a:openbsd:openssh</c>.</param>
/// <param name="Rest">Such as <c>9.2:p1</c>; empty when all of it is ANY.</param>
internal readonly record struct CpeText(string Product, string Rest)
{
    private const string Prefix = "cpe:2.3:";
    private const string AnyAtEnd = ":*";
    private const int RestComponents = 8;

    /// <summary>The product without escapes, as <see cref="CpeName.Key"/>.</summary>
    internal string Key => Product.Contains('\\', StringComparison.Ordinal) ? CpeName.Parse(ToString())?.Key ?? Product : Product;

    /// <summary>Cuts a formatted string that is all lower-case; null for any other text.</summary>
    internal static CpeText? Of(string cpe)
    {
        if (!cpe.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var (product, components, start) = (0, 1, Prefix.Length);
        for (var at = start; at < cpe.Length; at++)
        {
            var character = cpe[at];
            if (character is >= 'A' and <= 'Z' or '\t' or '\n') return null;
            if (character == '\\') at++;
            else if (character == ':')
            {
                if (at == start) return null;
                if (components == 3) product = at;
                components++;
                start = at + 1;
            }
        }

        if (components != 3 + RestComponents || start == cpe.Length) return null;
        var name = cpe.AsSpan(Prefix.Length, product - Prefix.Length);
        if (name[0] is not ('a' or 'o' or 'h') || name[1] != ':' || name[2..].StartsWith("*:") || name.EndsWith(":*")) return null;
        var rest = cpe.AsSpan(product);
        while (rest.EndsWith(AnyAtEnd) && !rest.EndsWith(@"\:*")) rest = rest[..^AnyAtEnd.Length];
        return new CpeText(name.ToString(), rest.IsEmpty ? "" : rest[1..].ToString());
    }

    /// <summary>The whole formatted string.</summary>
    public override string ToString()
    {
        var components = Rest.Length == 0 ? 0 : 1;
        for (var at = 0; at < Rest.Length; at++)
        {
            if (Rest[at] == '\\') at++;
            else if (Rest[at] == ':') components++;
        }

        return $"{Prefix}{Product}{(Rest.Length == 0 ? "" : ":" + Rest)}{string.Concat(Enumerable.Repeat(AnyAtEnd, RestComponents - components))}";
    }
}
