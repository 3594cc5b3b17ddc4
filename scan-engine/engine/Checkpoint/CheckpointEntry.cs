using Newtonsoft.Json;
using VulnDiag.Engine.Checks;
using VulnDiag.Engine.Ports;
using VulnDiag.Model;

namespace VulnDiag.Engine.Checkpoint;

/// <summary>What a checkpoint is of: a scan goes on only from a checkpoint of its own.</summary>
/// <param name="Schema">The version of the file's form.</param>
/// <param name="Address">Target.</param>
/// <param name="Fqdn">Its name.</param>
/// <param name="Line">Line id.</param>
/// <param name="TcpPorts">Ports asked for, in canonical form.</param>
/// <param name="UdpPorts">Likewise.</param>
internal sealed record ScanPlan(string Schema, string Address, string? Fqdn, string Line, string TcpPorts, string UdpPorts)
{
    /// <summary>The form that this version writes and reads.</summary>
    public const string CurrentSchema = "vulndiag-checkpoint/1";
}

/// <summary>One line of the checkpoint file: exactly one of its properties is set.</summary>
[JsonObject(ItemNullValueHandling = NullValueHandling.Ignore)]
internal sealed record CheckpointEntry
{
    /// <summary>First line.</summary>
    public CheckpointStart? Start { get; init; }

    /// <summary>Ports that were told apart.</summary>
    public ResolvedPorts? Ports { get; init; }

    /// <summary>A port whose service was asked for.</summary>
    public ExaminedPort? Examined { get; init; }

    /// <summary>An active check that was run.</summary>
    public JudgedCheck? Judged { get; init; }

    /// <summary>A mark of the host's identity.</summary>
    public IdentityMark? Mark { get; init; }

    /// <summary>An interruption.</summary>
    public ScanStop? Stop { get; init; }

    /// <summary>Packets so far, over all runs.</summary>
    public PacketCount? Packets { get; init; }
}

/// <summary>How a scan began.</summary>
/// <param name="Plan">What it is of.</param>
/// <param name="Seed">Seed of the port order.</param>
/// <param name="Started">When the first run began.</param>
internal sealed record CheckpointStart(ScanPlan Plan, long Seed, DateTimeOffset Started);

/// <summary>Ports in one state.</summary>
/// <param name="Protocol">Transport protocol.</param>
/// <param name="State">Their state.</param>
/// <param name="List">As <see cref="PortList"/> writes it.</param>
internal sealed record ResolvedPorts(Transport Protocol, PortState State, string List);

/// <summary>A port whose service was asked for, with what could not be examined.</summary>
internal sealed record ExaminedPort(PortResult Port, IReadOnlyList<NotExamined> NotExamined);

/// <summary>An active check's judgement.</summary>
internal sealed record JudgedCheck(string Check, Transport Protocol, int Port, CheckVerdict Verdict, string Evidence, int Qod, string? Reason);

/// <summary>One mark of the host's identity.</summary>
/// <param name="Port">TCP port.</param>
/// <param name="Kind"><c>ssh-host-key</c>, <c>tls-certificate</c> or <c>banner</c>.</param>
/// <param name="Value">Fingerprint or text.</param>
internal sealed record IdentityMark(int Port, string Kind, string Value);
