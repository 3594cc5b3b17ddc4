using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace VulnDiag.Engine.Support;

/// <summary>One of Debian's own servers as a process of the test's, ended with it.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    private readonly Process _process;

    private RealServer(Process process) => _process = process;

    /// <summary>Starts a server and waits until its port accepts; skips the test where the program is not installed.</summary>
    public static async Task<RealServer> StartAsync(IPEndPoint endpoint, string program, params string[] arguments)
    {
        if (!File.Exists(program)) Assert.Skip($"{program} is not installed.");
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new RealServer(process);
        await server.WaitUntilReadyAsync(endpoint);
        return server;
    }

    /// <summary>What Debian's package database says of a package, such as <c>1:9.2p1-2+deb12u10</c>.</summary>
    public static async Task<string> PackageVersionAsync(string package) => await RunAsync("dpkg-query", "-W", "-f", "${Version}", package);

    /// <summary>Runs a program to its end and gives its output.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        return output;
    }

    /// <summary>A TCP port that is free on the address now.</summary>
    public static IPEndPoint FreePort(string address)
    {
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task WaitUntilReadyAsync(IPEndPoint endpoint)
    {
        // Another process's readiness can only be asked for.
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(endpoint);
                return;
            }
            catch (SocketException) when (!_process.HasExited && TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }
}
