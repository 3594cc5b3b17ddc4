namespace VulnDiag.Lab.Kintone;

/// <summary>A user of the emulated tenant.</summary>
/// <param name="Code">The login name.</param>
/// <param name="Password">The password.</param>
/// <param name="Groups">Codes of the groups the user is in; missing groups are made. Everybody is in <c>everyone</c>.</param>
public sealed record EmulatorUser(string Code, string Password, params IReadOnlyList<string> Groups)
{
    /// <summary>The display name; the login name when null.</summary>
    public string? Name { get; init; }

    /// <summary>Codes of the organisations the user is in, the preferred one first; missing ones are made.</summary>
    public IReadOnlyList<string> Organizations { get; init; } = [];

    /// <summary>May create apps and change any app's settings.</summary>
    public bool Administrator { get; init; }
}
