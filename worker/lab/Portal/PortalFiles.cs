namespace VulnDiag.Lab.Portal;

/// <summary>The portal's own files (Portal/Data), embedded in the library.</summary>
internal static class PortalFiles
{
    /// <summary>A file as text.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static string Text(string name)
    {
        using var stream = typeof(PortalFiles).Assembly.GetManifestResourceStream("Portal.Data." + name)
            ?? throw new FileNotFoundException($"The portal's file {name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
