using Newtonsoft.Json;

namespace VulnDiag.Lab.Kintone.State;

/// <summary>A member of a space: a user, a group or an organisation.</summary>
internal sealed record SpaceMember(string Type, string Code, bool Admin, bool IncludeSubs);

/// <summary>A space, which apps may belong to. Its one thread has the space's own id.</summary>
/// <param name="Id">The space's id.</param>
/// <param name="Name">The space's name.</param>
/// <param name="Guest">A guest space: its apps are reached by its path only.</param>
/// <param name="Private">Shown to its members only.</param>
/// <param name="Fixed">Members neither join nor leave by themselves.</param>
/// <param name="Creator">The login name of the user who made it.</param>
/// <param name="Members">Who is in it.</param>
internal sealed record SpaceDocument(long Id, string Name, bool Guest, bool Private, bool Fixed, string Creator, IReadOnlyList<SpaceMember> Members) : IDocument
{
    /// <inheritdoc/>
    [JsonIgnore]
    public string Key => Keys.Of(Id);
}
