namespace VulnDiag.Lab.Kintone.Errors;

/// <summary>The refusals with kintone's codes and statuses. Sources: docs/kintone-behaviour.md, table "Errors".</summary>
internal static class Refusals
{
    public static Refusal NoCredentials() => new(401, "CB_AU01", MessageId.NoCredentials);

    public static Refusal WrongPassword() => new(401, "CB_WA01", MessageId.WrongPassword);

    public static Refusal WrongToken() => new(400, "GAIA_IA02", MessageId.WrongToken);

    public static Refusal TokenLacksRight() => new(403, "GAIA_NO01", MessageId.TokenLacksRight);

    public static Refusal NoPermission() => new(403, "CB_NO02", MessageId.NoPermission);

    public static Refusal FieldNotEditable(string code) => new(403, "GAIA_FU01", MessageId.FieldNotEditable, code);

    public static Refusal BrokenJson() => new(400, "CB_IJ01", MessageId.BrokenJson);

    public static Refusal IllegalRequest() => new(400, "CB_IL02", MessageId.IllegalRequest);

    public static Refusal AppNotFound(long id) => new(404, "GAIA_AP01", MessageId.AppNotFound, id);

    public static Refusal SpaceNotFound(long id) => new(404, "GAIA_SP01", MessageId.SpaceNotFound, id);

    public static Refusal RecordNotFound(long id) => new(404, "GAIA_RE01", MessageId.RecordNotFound, id);

    public static Refusal FileNotFound(string key) => new(404, "GAIA_BL01", MessageId.FileNotFound, key);

    public static Refusal CommentNotFound() => new(400, "GAIA_RE02", MessageId.CommentNotFound);

    public static Refusal CursorNotFound() => new(404, "GAIA_CN01", MessageId.CursorNotFound);

    public static Refusal TooManyCursors() => new(429, "GAIA_TM12", MessageId.TooManyCursors);

    public static Refusal StaleRecord() => new(409, "GAIA_CO02", MessageId.StaleRecord);

    public static Refusal StaleSettings() => new(409, "GAIA_CO03", MessageId.StaleSettings);

    public static Refusal DatabaseLocked() => new(400, "GAIA_DA02", MessageId.DatabaseLocked);

    public static Refusal TooManyRequests() => new(429, "GAIA_TO04", MessageId.TooManyRequests);

    public static Refusal ActionNotPossible() => new(400, "GAIA_IL03", MessageId.ActionNotPossible);

    public static Refusal AssigneeMissing() => new(400, "GAIA_SA01", MessageId.AssigneeMissing);

    public static Refusal ProcessDisabled() => new(400, "GAIA_ST02", MessageId.ProcessDisabled);

    public static Refusal NotTheAssignee() => new(403, "GAIA_NT01", MessageId.NotTheAssignee);

    public static Refusal UnknownFieldInSettings(string code) => new(400, "GAIA_FC01", MessageId.UnknownFieldInSettings, code);

    public static Refusal UnknownUser(string code) => new(400, "GAIA_IL26", MessageId.UnknownUser, code);

    /// <summary>A validation error with one fault.</summary>
    public static Refusal Invalid(string path, MessageId message, params object[] arguments)
    {
        var faults = new FaultList();
        faults.Add(path, message, arguments);
        return new Refusal(400, "CB_VA01", MessageId.InvalidInput) { Faults = faults };
    }
}
