namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>The Kubernetes API can be reached from the internet.</summary>
internal sealed class KubernetesApiExposedCheck() : ExposedService("kubernetes-api-exposed", qod: 95, "kubernetes-api");
