namespace VulnDiag.Engine.Checks.Exposure;

/// <summary>A directory or log-in server of an organisation can be reached from the internet.</summary>
internal sealed class DirectoryExposedCheck() : ExposedService("directory-exposed", qod: 95, "ldap", "kerberos-sec");
