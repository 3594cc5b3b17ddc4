using System.Numerics;

namespace VulnDiag.Lab.Targets;

/// <summary>The function X25519, for the lab's SSH server. Not constant-time: its secrets protect nothing. Source: RFC 7748, section 5.</summary>
internal static class X25519
{
    /// <summary>The length of keys and secrets.</summary>
    public const int Length = 32;

    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger A24 = 121_665;

    /// <summary>The public key of a secret.</summary>
    public static byte[] PublicKey(ReadOnlySpan<byte> secret)
    {
        Span<byte> basePoint = stackalloc byte[Length];
        basePoint[0] = 9;
        return Multiply(secret, basePoint);
    }

    /// <summary>The shared secret of a secret and somebody's public key.</summary>
    public static byte[] Multiply(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> point)
    {
        var scalar = secret.ToArray();
        scalar[0] &= 248;
        scalar[31] = (byte)((scalar[31] & 127) | 64);
        var k = new BigInteger(scalar, isUnsigned: true);
        var x = new BigInteger(point, isUnsigned: true) & ((BigInteger.One << 255) - 1);

        var (x2, z2, x3, z3) = (BigInteger.One, BigInteger.Zero, x, BigInteger.One);
        var swapped = false;
        for (var bit = 254; bit >= 0; bit--)
        {
            var isSet = !((k >> bit) & 1).IsZero;
            if (isSet != swapped) (x2, x3, z2, z3) = (x3, x2, z3, z2);
            swapped = isSet;
            (x2, z2, x3, z3) = Step(x, x2, z2, x3, z3);
        }

        if (swapped) (x2, z2) = (x3, z3);
        var result = Mod(x2 * BigInteger.ModPow(z2, Prime - 2, Prime));
        var bytes = new byte[Length];
        result.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }

    /// <summary>One step of the Montgomery ladder, in the RFC's letters.</summary>
    private static (BigInteger X2, BigInteger Z2, BigInteger X3, BigInteger Z3) Step(BigInteger x1, BigInteger x2, BigInteger z2, BigInteger x3, BigInteger z3)
    {
        var (a, b, c, d) = (x2 + z2, x2 - z2, x3 + z3, x3 - z3);
        var (aa, bb) = (Mod(a * a), Mod(b * b));
        var e = aa - bb;
        var (da, cb) = (d * a, c * b);
        return (Mod(aa * bb), Mod(e * (aa + (A24 * e))), Mod((da + cb) * (da + cb)), Mod(x1 * (da - cb) * (da - cb)));
    }

    private static BigInteger Mod(BigInteger number)
    {
        var rest = number % Prime;
        return rest.Sign < 0 ? rest + Prime : rest;
    }
}
