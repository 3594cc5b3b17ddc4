using System.Numerics;

namespace VulnDiag.Engine.Ports;

/// <summary>A seeded permutation: which of n things comes at which step, without keeping a shuffled list.</summary>
/// <remarks>
/// A Feistel network over the next even power of two, walked on while it lands outside (cycle walking; Black and Rogaway, "Ciphers with
/// Arbitrary Finite Domains", 2002). The idea of resuming such an order by its index is masscan's; the code is our own. Immutable.
/// </remarks>
internal sealed class PortOrder
{
    private const int Rounds = 4;
    private readonly int _count;
    private readonly int _halfBits;
    private readonly uint _halfMask;
    private readonly ulong[] _keys;

    /// <summary>The permutation of 0 to <paramref name="count"/> - 1 that the seed names.</summary>
    public PortOrder(int count, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _count = count;
        var bits = Math.Max(2, 32 - BitOperations.LeadingZeroCount((uint)Math.Max(0, count - 1)));
        _halfBits = (bits + 1) / 2;
        _halfMask = (1u << _halfBits) - 1;
        _keys = [.. Enumerable.Range(0, Rounds).Select(round => Mix((ulong)seed + ((ulong)round + 1) * 0x9E3779B97F4A7C15))];
    }

    /// <summary>The thing at one step.</summary>
    public int At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _count);
        var value = (uint)index;
        do
        {
            value = Encrypt(value);
        }
        while (value >= _count);
        return (int)value;
    }

    /// <summary>All things in order.</summary>
    public static IEnumerable<int> Shuffle(IReadOnlyList<int> things, long seed)
    {
        var order = new PortOrder(things.Count, seed);
        return Enumerable.Range(0, things.Count).Select(index => things[order.At(index)]);
    }

    private uint Encrypt(uint value)
    {
        var left = value >> _halfBits;
        var right = value & _halfMask;
        foreach (var key in _keys) (left, right) = (right, left ^ ((uint)Mix(right ^ key) & _halfMask));
        return (left << _halfBits) | right;
    }

    /// <summary>The finaliser of splitmix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014).</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
