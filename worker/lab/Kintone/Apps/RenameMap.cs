namespace VulnDiag.Lab.Kintone.Apps;

/// <summary>Names changed since the last deployment: the live name to the one it will have.</summary>
internal static class RenameMap
{
    /// <summary>Adds a change to a draft that may have changed the same name before: a to b and b to c is a to c.</summary>
    public static void Add(Dictionary<string, string> renames, string from, string to)
    {
        var live = renames.FirstOrDefault(rename => rename.Value == from).Key ?? from;
        renames[live] = to;
    }
}
