using CsCheck;
using VulnDiag.TestSupport;

namespace VulnDiag.Fuzz;

/// <summary>Bytes as an attacker would send them: answers of real servers, changed, cut, repeated and put together anew.</summary>
internal static class Hostile
{
    private const int FewInputs = 1_000, ManyInputs = 1_000_000;
    private static readonly byte[] Edges = [0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF, (byte)'\n', (byte)'\r', (byte)' ', (byte)'"', (byte)':'];

    /// <summary>How many inputs each test tries: <c>VULNDIAG_FUZZ_INPUTS</c>, or few enough for every run of the tests.</summary>
    public static long Inputs { get; } =
        long.TryParse(Environment.GetEnvironmentVariable("VULNDIAG_FUZZ_INPUTS"), System.Globalization.CultureInfo.InvariantCulture, out var wanted) ? wanted : FewInputs;

    /// <summary>The same for parsers that take a microsecond or two.</summary>
    public static long QuickInputs { get; } = Math.Max(Inputs, ManyInputs);

    /// <summary>Every captured answer.</summary>
    public static IReadOnlyList<byte[]> Captured { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(SharedMaterial.RepositoryRoot, "tests", "fixtures", "engine"), "*.bin").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    /// <summary>Variations of <paramref name="seeds"/>, and now and then bytes without any sense.</summary>
    public static Gen<byte[]> From(IReadOnlyList<byte[]> seeds) => Gen.Frequency(
        (9, Gen.Int[0, seeds.Count - 1].SelectMany(index => Variation(seeds[index]))),
        (1, Gen.Byte.Array[0, 400]));

    private static Gen<byte[]> Variation(byte[] seed)
    {
        var end = Math.Max(0, seed.Length - 1);
        var changes = Gen.Select(Gen.Int[0, end], Gen.Frequency((1, Gen.Byte), (1, Gen.OneOf(Edges.Select(static edge => Gen.Const(edge)).ToArray())))).Array[0, 8];
        return Gen.Select(changes, Gen.Int[0, seed.Length], Gen.Int[0, 5], (touched, at, shape) =>
        {
            var bytes = seed.ToArray();
            foreach (var (position, value) in touched)
            {
                if (bytes.Length > 0) bytes[position] = value;
            }

            return shape switch
            {
                0 => bytes[..at],
                1 => bytes[at..],
                2 => [.. bytes, .. bytes[at..]],
                3 => [.. bytes[..at], .. new byte[64], .. bytes[at..]],
                _ => bytes,
            };
        });
    }
}
