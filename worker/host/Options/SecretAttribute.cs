namespace VulnDiag.Worker.Options;

/// <summary>A setting that is refused from appsettings.json and from the command line: it comes from the environment or from a 0600 file.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;
