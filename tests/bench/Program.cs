using VulnDiag.Bench;

return args switch
{
    ["send-paths", ..] => await SendPaths.RunAsync(),
    ["sweep", .. var words] => await Sweep.RunAsync(words),
    ["ports", .. var words] => await PortComparison.RunAsync(words),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        send-paths            how many packets a second each way of sending makes, to a host of a namespace of our own
        sweep RATE ADDRESS…   all TCP ports of the addresses in one process; one JSON line
        ports LAB.SH [ROW…]   the port scan side by side with nmap and masscan on the lab; rows of docs/benchmarks.md
        """);
    return 2;
}
