namespace VulnDiag.Engine.Ports;

/// <summary>The first datagram for UDP ports whose protocol has a harmless request that every server answers.</summary>
/// <remarks>A port that is not listed gets an empty datagram: a closed one answers it by ICMP all the same.</remarks>
internal static class UdpPayloads
{
    private static readonly Dictionary<int, byte[]> ByPort = Build();

    /// <summary>The payload for a port; empty when its protocol has none here.</summary>
    public static ReadOnlyMemory<byte> For(int port) => ByPort.GetValueOrDefault(port, []);

    /// <summary>True when a server of the port's protocol would have to answer.</summary>
    public static bool Has(int port) => ByPort.ContainsKey(port);

    private static Dictionary<int, byte[]> Build() => new()
    {
        // RFC 862 and RFC 864: anything is sent back, or answered by characters.
        [7] = [.. "VulnDiag"u8],
        [19] = [.. "\n"u8],
        // RFC 1035: query for version.bind, class CHAOS, type TXT.
        [53] = Hex("1d0a 0100 0001 0000 0000 0000 07 76657273696f6e 04 62696e64 00 0010 0003"),
        // RFC 1350: read request for a name that nobody has; the error is the answer.
        [69] = [.. Hex("0001"), .. "vulndiag-none"u8, 0, .. "octet"u8, 0],
        // RFC 1833: portmapper, procedure NULL.
        [111] = Hex("1d0a0001 00000000 00000002 000186a0 00000002 00000000 00000000 00000000 00000000 00000000"),
        // RFC 5905: version 4, client.
        [123] = [.. Hex("23000000"), .. new byte[44]],
        // RFC 1002 section 4.2.18: NetBIOS node status of '*'.
        [137] = [.. Hex("1d0a 0000 0001 0000 0000 0000 20"), .. "CKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"u8, 0, .. Hex("0021 0001")],
        // RFC 3416 over RFC 3417: get-request of sysDescr.0, community public, version 2c.
        [161] = Hex("3029 020101 0406 7075626c6963 a01c 0204 1d0a0001 020100 020100 300e 300c 0608 2b06010201010100 0500"),
        // RFC 2408: ISAKMP header and one SA proposal (main mode, 3DES, SHA-1, pre-shared key, group 2).
        [500] = IkeMainMode,
        // RFC 3948 section 2.2: the same behind the four zero bytes of the non-ESP marker.
        [4500] = [0, 0, 0, 0, .. IkeMainMode],
        // DMTF DSP0136: RMCP presence ping.
        [623] = Hex("0600ff06 000011be 80000000"),
        // MS-SQLR section 2.2.1: CLNT_BCAST_EX asks for all instances.
        [1434] = Hex("02"),
        // RFC 2661: start-control-connection-request of protocol 1.0.
        [1701] = Hex("c802 0044 0000 0000 0000 0000 8008 000000000001 8008 000000020100 800a 0000000300000003 800e 0000000776756c6e64696167 8008 000000090001 8008 0000000a0008"),
        // UPnP Device Architecture 1.1 section 1.3.2.
        [1900] = [.. "M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\nST: ssdp:all\r\n\r\n"u8],
        // OpenVPN protocol: P_CONTROL_HARD_RESET_CLIENT_V2.
        [1194] = Hex("38 1d0a1d0a1d0a1d0a 00 00000000"),
        // RFC 8489: STUN binding request.
        [3478] = Hex("0001 0000 2112a442 1d0a1d0a1d0a1d0a1d0a1d0a"),
        // RFC 3261 section 11: OPTIONS.
        [5060] = [.. ("OPTIONS sip:nobody@host SIP/2.0\r\nVia: SIP/2.0/UDP nm;branch=z9hG4bK1d0a;rport\r\nFrom: <sip:nobody@host>;tag=1d0a\r\n"u8),
            .. "To: <sip:nobody@host>\r\nCall-ID: 1d0a@host\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 0\r\nContent-Length: 0\r\n\r\n"u8],
        // RFC 6763 section 9: which services are there.
        [5353] = [.. Hex("0000 0000 0001 0000 0000 0000 09"), .. "_services"u8, 7, .. "_dns-sd"u8, 4, .. "_udp"u8, 5, .. "local"u8, .. Hex("00 000c 0001")],
        // RFC 7252 section 5.10: GET /.well-known/core.
        [5683] = [.. Hex("4001 1d0a bb"), .. ".well-known"u8, 4, .. "core"u8],
        // memcached's doc/protocol.txt: frame header, then the text command.
        [11211] = [.. Hex("1d0a 0000 0001 0000"), .. "version\r\n"u8],
        // ASHRAE 135 annex J: BACnet/IP, who-is as unicast.
        [47808] = Hex("810a 0008 0100 1008"),
    };

    private static byte[] IkeMainMode => Hex(
        "1d0a1d0a1d0a1d0a 0000000000000000 01 10 02 00 00000000 00000050" +
        "00000034 00000001 00000001 00000028 01 01 00 01 00000020 01 01 0000 80010005 80020002 80030001 80040002 800b0001 800c0e10");

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
