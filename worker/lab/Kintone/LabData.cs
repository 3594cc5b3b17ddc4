using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Kintone;

/// <summary>The emulator's data files (Kintone/Data), embedded in the library.</summary>
internal static class LabData
{
    /// <summary>Reads the JSON file <paramref name="name"/>.</summary>
    public static JToken Read(string name)
    {
        using var stream = typeof(LabData).Assembly.GetManifestResourceStream("Kintone.Data." + name)
            ?? throw new FileNotFoundException($"The data file {name} is not embedded.");
        using var reader = new StreamReader(stream);
        return LabJson.Parse(reader.ReadToEnd());
    }
}
