namespace VulnDiag.Engine.Tls;

/// <summary>Protocol versions by their number on the wire. Source: RFC 6101, 2246, 4346, 5246, 8446.</summary>
internal enum TlsVersion
{
    Ssl30 = 0x0300,
    Tls10 = 0x0301,
    Tls11 = 0x0302,
    Tls12 = 0x0303,
    Tls13 = 0x0304,
}

/// <summary>Names of <see cref="TlsVersion"/>.</summary>
internal static class TlsVersions
{
    /// <summary>All, newest first.</summary>
    public static IReadOnlyList<TlsVersion> NewestFirst { get; } = [TlsVersion.Tls13, TlsVersion.Tls12, TlsVersion.Tls11, TlsVersion.Tls10, TlsVersion.Ssl30];

    /// <summary>As in the result file.</summary>
    public static string Name(this TlsVersion version) => version switch
    {
        TlsVersion.Ssl30 => "SSLv3",
        TlsVersion.Tls10 => "TLSv1.0",
        TlsVersion.Tls11 => "TLSv1.1",
        TlsVersion.Tls12 => "TLSv1.2",
        TlsVersion.Tls13 => "TLSv1.3",
    };
}
