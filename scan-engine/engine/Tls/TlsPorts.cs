namespace VulnDiag.Engine.Tls;

/// <summary>Ports where TLS is asked for first.</summary>
internal static class TlsPorts
{
    // IANA: https, submissions, nntps, ldaps, domain-s, ftps-data, ftps, telnets, imaps, ircs, pop3s, msft-gc-ssl,
    // sips, wsmans, syslog-tls, secure-mqtt; by habit: 4433, 4443, 8443, 9443, 10443 (management screens and SSL-VPN).
    private static readonly HashSet<int> Ports = [443, 465, 563, 636, 853, 989, 990, 992, 993, 994, 995, 3269, 4433, 4443, 5061, 5986, 6514, 8443, 8883, 9443, 10443];

    public static bool Usual(int port) => Ports.Contains(port);
}
