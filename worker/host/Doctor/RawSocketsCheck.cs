using VulnDiag.Engine.Packets;

namespace VulnDiag.Worker.Doctor;

/// <summary>Whether this process can send and capture raw packets. Without them ports are found by connecting, which needs no right.</summary>
internal sealed class RawSocketsCheck : IDoctorCheck
{
    public string Name => "raw sockets";

    public Task<Diagnosis> LookAsync(DoctorRoom room, CancellationToken cancellationToken) => Task.FromResult(RawPackets.WhyNot(room.Console.Time) is { } why
        ? new Diagnosis(Name, Verdict.Look, $"{why} Scans connect instead, which is slower and needs no right.")
        : new Diagnosis(Name, Verdict.Good, "Raw packets can be sent and captured."));
}
