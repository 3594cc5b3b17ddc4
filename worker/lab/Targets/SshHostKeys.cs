using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace VulnDiag.Lab.Targets;

/// <summary>Host keys for the lab's SSH servers. They protect nothing; they only have to be the same for the same server.</summary>
internal static class SshHostKeys
{
    // The order of the group of P-256. Source: FIPS 186-4, D.1.2.3.
    private static readonly BigInteger Order =
        new(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);

    /// <summary>The key that a text stands for.</summary>
    public static ECDsa Derive(string text)
    {
        var seed = new BigInteger(SHA256.HashData(Encoding.UTF8.GetBytes(text)), isUnsigned: true, isBigEndian: true);
        var secret = new byte[32];
        var number = ((seed % (Order - 1)) + 1).ToByteArray(isUnsigned: true, isBigEndian: true);
        number.CopyTo(secret, secret.Length - number.Length);
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = secret });
    }

    /// <summary>The public key as SSH writes it. Source: RFC 5656, section 3.1.</summary>
    public static byte[] Blob(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new SshWriter().Text("ecdsa-sha2-nistp256").Text("nistp256").Text([4, .. point.X!, .. point.Y!]).ToArray();
    }
}
