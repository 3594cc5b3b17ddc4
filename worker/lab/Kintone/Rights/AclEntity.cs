using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Rights;

/// <summary>Whom an entry of an access list is about: a user, a group, an organisation, the app's creator, or whoever a field of the record names.</summary>
internal sealed class AclEntity
{
    private readonly string _type;
    private readonly string _code;

    /// <summary>Reads an entry's <c>entity</c>.</summary>
    public AclEntity(JObject entity)
    {
        _type = (string?)entity["type"] ?? "";
        _code = (string?)entity["code"] ?? "";
    }

    /// <summary>Whether the entry is about everybody. Such an entry always comes last, wherever it is written.</summary>
    public bool IsEveryone => _type == "GROUP" && _code == GroupDocument.Everyone;

    /// <summary>Whether the entry is about <paramref name="caller"/>.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="appCreator">The login name of the app's creator.</param>
    /// <param name="isNamed">Whether a field of the record at hand names the caller; never when there is no record.</param>
    public bool Covers(Caller caller, string appCreator, Func<string, bool> isNamed) => _type switch
    {
        "USER" => caller.Code == _code,
        "GROUP" => caller.IsIn(_code),
        "ORGANIZATION" => caller.IsInOrganization(_code),
        "CREATOR" => caller.Code == appCreator,
        "FIELD_ENTITY" => isNamed(_code),
        _ => false,
    };

    /// <summary>Sorts entries as kintone reads them: as written, everybody last.</summary>
    public static IReadOnlyList<T> InOrder<T>(IEnumerable<T> entries, Func<T, AclEntity> entityOf) =>
        [.. entries.OrderBy(entry => entityOf(entry).IsEveryone)];
}
