using VulnDiag.Lab.Kintone.Query;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Rights;

/// <summary>Who makes a request: a user, or one or more API tokens, which act as the user Administrator.</summary>
internal sealed class Caller
{
    /// <summary>The login name under which tokens act.</summary>
    public const string TokenUser = "Administrator";

    private readonly UserDocument? _user;
    private readonly IReadOnlyDictionary<long, ApiTokenRights> _tokens;

    private Caller(UserDocument? user, IReadOnlyDictionary<long, ApiTokenRights> tokens)
    {
        _user = user;
        _tokens = tokens;
    }

    /// <summary>A user who signed in by password.</summary>
    public static Caller Of(UserDocument user) => new(user, new Dictionary<long, ApiTokenRights>());

    /// <summary>API tokens, with the rights in each one's app.</summary>
    public static Caller Of(IReadOnlyDictionary<long, ApiTokenRights> tokens) => new(null, tokens);

    /// <summary>Whether the caller came by token.</summary>
    public bool IsToken => _user is null;

    /// <summary>The login name written into records and comments.</summary>
    public string Code => _user?.Code ?? TokenUser;

    /// <summary>Whether the caller administers the tenant; tokens never do.</summary>
    public bool IsAdministrator => _user is { Administrator: true };

    /// <summary>Whom functions in queries mean.</summary>
    public QueryUser ForQueries => new(Code, _user?.PrimaryOrganization ?? "");

    /// <summary>Whether the caller is in a group; everybody is in <c>everyone</c>.</summary>
    public bool IsIn(string group) => group == GroupDocument.Everyone || (_user?.Groups.Contains(group) ?? false);

    /// <summary>Whether the caller is in an organisation.</summary>
    public bool IsInOrganization(string organization) => _user?.Organizations.Contains(organization) ?? false;

    /// <summary>The token's rights in an app; null when no token is of that app.</summary>
    public ApiTokenRights? TokenRights(long app) => _tokens.TryGetValue(app, out var rights) ? rights : null;
}
