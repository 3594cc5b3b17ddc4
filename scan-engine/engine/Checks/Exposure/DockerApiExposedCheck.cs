namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>The Docker API answers without a client certificate: whoever reaches it owns the host.</summary>
internal sealed class DockerApiExposedCheck() : ExposedService("docker-api-exposed", qod: 95, "docker");
