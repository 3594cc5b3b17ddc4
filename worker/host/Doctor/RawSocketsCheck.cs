using System.Net;
using System.Net.Sockets;

namespace VulnDiag.Worker.Doctor;

/// <summary>Whether this process may open raw sockets. Without them ports are found by connecting, which needs no right.</summary>
internal sealed class RawSocketsCheck : IDoctorCheck
{
    public string Name => "raw sockets";

    public Task<Diagnosis> LookAsync(DoctorRoom room, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Icmp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return Task.FromResult(new Diagnosis(Name, Verdict.Good, "Raw sockets can be opened."));
        }
        catch (SocketException)
        {
            return Task.FromResult(new Diagnosis(Name, Verdict.Look, "Raw sockets cannot be opened; scans connect instead, which is slower and needs no right."));
        }
    }
}
