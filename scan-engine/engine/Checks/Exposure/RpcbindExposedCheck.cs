namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>The port mapper tells strangers which services run, and answers more than it is asked.</summary>
internal sealed class RpcbindExposedCheck() : ExposedService("rpcbind-exposed", qod: 95, "rpcbind");
