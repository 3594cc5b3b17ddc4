using System.Globalization;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Portal;

/// <summary>The portal's addresses. Those of lists and records are kintone's own.</summary>
internal static class Paths
{
    /// <summary>The apps.</summary>
    public const string Apps = "/k/";

    /// <summary>The page where one logs in.</summary>
    public const string LoginPage = "/login";

    /// <summary>Where one logs out.</summary>
    public const string Logout = "/logout";

    /// <summary>The style sheet.</summary>
    public const string Style = "/portal/portal.css";

    /// <summary>The script.</summary>
    public const string Script = "/portal/portal.js";

    /// <summary>The mail folders.</summary>
    public const string Mail = "/mail/";

    /// <summary>The login, and where to go after it.</summary>
    public static string Login(string then) => $"{LoginPage}?to={Uri.EscapeDataString(then)}";

    /// <summary>An app's records.</summary>
    public static string List(long app) => $"/k/{Number(app)}/";

    /// <summary>A record.</summary>
    public static string Record(long app, long record) => $"/k/{Number(app)}/show?record={Number(record)}";

    /// <summary>A form for a record; for a new one when <paramref name="record"/> is null.</summary>
    public static string Edit(long app, long? record) => $"/k/{Number(app)}/edit{(record is { } id ? "?record=" + Number(id) : "")}";

    /// <summary>Where buttons of process management lead to.</summary>
    public static string Action(long app, long record) => $"/k/{Number(app)}/action?record={Number(record)}";

    /// <summary>Where comments are written.</summary>
    public static string Comment(long app, long record) => $"/k/{Number(app)}/comment?record={Number(record)}";

    /// <summary>Where comments are deleted.</summary>
    public static string DeleteComment(long app, long record) => $"/k/{Number(app)}/comment/delete?record={Number(record)}";

    /// <summary>Where new assignees are named.</summary>
    public static string Assign(long app, long record) => $"/k/{Number(app)}/assign?record={Number(record)}";

    /// <summary>An attached file, as a record shows it.</summary>
    public static string File(JToken file) => "/k/file?key=" + Uri.EscapeDataString((string)file["fileKey"]!);

    /// <summary>An address' mails.</summary>
    public static string MailFolder(string address) => Mail + Uri.EscapeDataString(address) + "/";

    /// <summary>A mail; <paramref name="part"/> is empty for the page, <c>html</c> for its HTML alone.</summary>
    public static string MailMessage(string address, string name, string part = "") => $"{MailFolder(address)}{Uri.EscapeDataString(name)}{(part.Length > 0 ? "/" + part : "")}";

    /// <summary>Whether a browser may be sent to <paramref name="path"/> after its login: only within this site.</summary>
    public static bool IsOwn(string path) =>
        path.Length is > 0 and <= 2_000 && path[0] == '/' && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(char.IsControl);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
