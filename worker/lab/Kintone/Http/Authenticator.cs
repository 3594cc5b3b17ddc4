using System.Text;
using Microsoft.AspNetCore.Http;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Http;

/// <summary>Tells who makes a request. A password wins over tokens; basic authentication stands beside either and is not looked at. Source: kintone, "認証".</summary>
internal sealed class Authenticator(Tenant tenant)
{
    private const string PasswordHeader = "X-Cybozu-Authorization";
    private const string TokenHeader = "X-Cybozu-API-Token";
    private const int MaxTokens = 9;

    /// <summary>The caller of a request with these headers.</summary>
    /// <exception cref="Refusal">No credentials, or wrong ones.</exception>
    public Caller Identify(IHeaderDictionary headers)
    {
        if (headers.TryGetValue(PasswordHeader, out var password)) return ByPassword(password.ToString());
        if (headers.TryGetValue(TokenHeader, out var tokens)) return ByTokens(tokens.ToString());
        throw Refusals.NoCredentials();
    }

    private Caller ByPassword(string header)
    {
        var pair = Decode(header).Split(':', 2);
        var isKnown = pair.Length == 2 && tenant.Users.TryGet(pair[0], out var user) && Passwords.Fits(user, pair[1]);
        return isKnown ? Caller.Of(tenant.Users.Find(pair[0])!) : throw Refusals.WrongPassword();
    }

    private Caller ByTokens(string header)
    {
        var given = header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (given.Length > MaxTokens) throw new Refusal(400, "GAIA_IA02", MessageId.TooManyTokens, MaxTokens);
        var rights = new Dictionary<long, ApiTokenRights>();
        foreach (var token in given)
        {
            var known = tenant.Token(Passwords.TokenHash(token)) ?? throw Refusals.WrongToken();
            rights[known.App] = known.Rights | rights.GetValueOrDefault(known.App);
        }

        return rights.Count > 0 ? Caller.Of(rights) : throw Refusals.NoCredentials();
    }

    private static string Decode(string header)
    {
        var bytes = new byte[header.Length];
        return Convert.TryFromBase64String(header.Trim(), bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
    }
}
