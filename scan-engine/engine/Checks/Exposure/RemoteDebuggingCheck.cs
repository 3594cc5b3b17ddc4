namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A debugger or an application server's inner protocol can be reached from the internet.</summary>
internal sealed class RemoteDebuggingCheck() : ExposedService("remote-debugging", qod: 95, "jdwp", "ajp13");
