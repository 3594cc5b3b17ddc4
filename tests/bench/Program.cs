using VulnDiag.Bench;

return args switch
{
    ["send-paths", ..] => await SendPaths.RunAsync(),
    ["sweep", .. var words] => await Sweep.RunAsync(words),
    ["ports", .. var words] => await PortComparison.RunAsync(words),
    ["udp", .. var words] => await UdpComparison.RunAsync(words),
    ["udp-scan", var address, var ports] => await UdpComparison.ScanAsync(address, ports),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        send-paths            how many packets a second each way of sending makes, to a host of a namespace of our own
        sweep RATE ADDRESS…   all TCP ports of the addresses in one process; one JSON line
        ports LAB.SH [ROW…]   the port scan side by side with nmap and masscan on the lab; rows of docs/benchmarks.md
        udp LAB.SH [ROW…]     UDP side by side with nmap on the lab; rows open, open-nmap, wide
        udp-scan ADDRESS LIST one scan of UDP ports; the result as one JSON line
        """);
    return 2;
}
