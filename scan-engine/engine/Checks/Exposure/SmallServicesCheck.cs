namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>An old test service answers; over UDP it lets others multiply an attack.</summary>
internal sealed class SmallServicesCheck() : ExposedService("small-services", qod: 95, "echo", "chargen", "daytime", "discard", "qotd", "time");
