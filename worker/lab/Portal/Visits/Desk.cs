using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Apps;
using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.Http;
using VulnDiag.Lab.Kintone.Process;
using VulnDiag.Lab.Kintone.Records;
using VulnDiag.Lab.Kintone.Resources;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Portal.Visits;

/// <summary>The tenant as one user meets it, for the length of one look: the same resources that answer the REST API, called in process as that user. The portal has no other way in.</summary>
internal sealed class Desk(TenantParts parts, Transaction transaction, Caller caller, DateTimeOffset now)
{
    /// <summary>The caller's login name.</summary>
    public string User => caller.Code;

    /// <summary>Answers a request as the REST API would.</summary>
    /// <exception cref="Refusal">As the REST API would.</exception>
    public JObject Get(string path, JObject parameters) => Run("GET", path, parameters);

    /// <summary>Does what a request asks, as the REST API would.</summary>
    /// <exception cref="Refusal">As the REST API would.</exception>
    public JObject Run(string method, string path, JObject parameters)
    {
        var call = CallFor(Forms.PortalValue.Whole(parameters["app"] ?? parameters["id"]), parameters);
        return parts.Resources.Find(method, path).Run(call);
    }

    /// <summary>The apps that the user may see, guest spaces' apps among them.</summary>
    public IReadOnlyList<JObject> Apps()
    {
        var operation = parts.Resources.Find("GET", "apps.json");
        var spaces = parts.Tenant.Apps.All.Select(app => app.GuestSpace).Distinct();
        return [.. spaces.SelectMany(space => operation.Run(new Call(parts, transaction, caller, now, space, new Parameters([])))["apps"]!)
            .Cast<JObject>().OrderBy(app => Forms.PortalValue.Whole(app["appId"]))];
    }

    /// <summary>Whether the user may add records to an app, and the rights on the fields of one that would be added.</summary>
    /// <exception cref="Refusal">There is no such app for the user.</exception>
    public (bool MayAdd, Func<string, bool> MayWrite) Adding(long app)
    {
        var call = CallFor(app, []);
        var scope = AppScope.Open(call, app);
        var draft = new RecordDocument(app, 0, 0, [], User, now, User, now, null, [], 0);
        return (
            scope.Access.App.HasFlag(AppRights.Add),
            code => scope.Model.Form.TryGet(code, out var field) && scope.Access.OnField(draft, field) == FieldRight.Write);
    }

    /// <summary>The buttons that the user can press on a record now, with the people to choose from where one must be named.</summary>
    /// <exception cref="Refusal">The user may not view the record.</exception>
    public IReadOnlyList<Button> Buttons(long app, long record)
    {
        var (call, scope, document) = Open(app, record);
        var mover = new StatusMover(call, scope);
        return [.. mover.Possible(document).Select(action => new Button(action.Name, action.From, action.To, Named(mover.Choices(action, document))))];
    }

    /// <summary>Who may be named as assignees of a record now, and whether one person only; null where the user is neither an assignee nor in charge of the app. Readers of the record alone: another could do nothing with it.</summary>
    /// <exception cref="Refusal">The user may not view the record.</exception>
    public Assignment? Assignment(long app, long record)
    {
        var (_, scope, document) = Open(app, record);
        var isTheirs = document.Assignees.Contains(User) || scope.Access.App.HasFlag(AppRights.Manage);
        if (scope.Model.Process is not { } process || !isTheirs) return null;
        var others = Named(document.Assignees)!.ExceptBy(Readers(app, record).Select(person => person.Code), person => person.Code);
        return new Assignment([.. Readers(app, record).Concat(others)], document.Assignees, process.State(document.Status).Kind == AssigneeKind.One);
    }

    /// <summary>The ids of the comments that the user may delete.</summary>
    /// <exception cref="Refusal">The user may not view the record.</exception>
    public IReadOnlySet<string> Deletable(long app, long record)
    {
        var (call, scope, document) = Open(app, record);
        return parts.Tenant.Comments.Of(document.Key).Where(comment => CommentsResource.MayDelete(call, scope, comment))
            .Select(comment => (string)Wire.Number(comment.Id)!).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Who pressed which button on a record, first to last.</summary>
    /// <exception cref="Refusal">The user may not view the record.</exception>
    public IReadOnlyList<StatusChange> History(long app, long record)
    {
        var (call, _, document) = Open(app, record);
        return [.. parts.Tenant.StatusChanges.Of(document.Key)
            .Select(change => new StatusChange(change.Action, change.From, change.To, call.Directory.UserName(change.User), change.At))];
    }

    /// <summary>The users who may view a record: those whom a comment on it can reach.</summary>
    /// <exception cref="Refusal">The user may not view the record.</exception>
    public IReadOnlyList<Person> Readers(long app, long record)
    {
        var (_, scope, document) = Open(app, record);
        return [.. parts.Tenant.Users.All
            .Where(user => new Access(Caller.Of(user), scope.App, scope.Model, now).OnRecord(document).HasFlag(RecordRights.View))
            .Select(user => new Person(user.Code, user.Name))
            .OrderBy(person => person.Code, StringComparer.Ordinal)];
    }

    /// <summary>All users, groups or organisations of the tenant, for whoever may put one into a field.</summary>
    public IReadOnlyList<Person> Everybody(string fieldType)
    {
        var all = fieldType switch
        {
            "GROUP_SELECT" => parts.Tenant.Groups.All.Select(group => new Person(group.Code, group.Name)),
            "ORGANIZATION_SELECT" => parts.Tenant.Organizations.All.Select(organization => new Person(organization.Code, organization.Name)),
            _ => parts.Tenant.Users.All.Select(user => new Person(user.Code, user.Name)),
        };
        return [.. all.OrderBy(person => person.Code, StringComparer.Ordinal)];
    }

    /// <summary>An upload of this user that waits for its record; null when there is none.</summary>
    public UploadDocument? Upload(string key) => parts.Tenant.Uploads.TryGet(key, out var upload) && upload.Uploader == User ? upload : null;

    /// <summary>A file that the user may download.</summary>
    /// <exception cref="Refusal">There is none of that key, or a right is missing.</exception>
    public FileDocument File(string key)
    {
        var file = parts.Tenant.Files.Find(key) ?? throw Refusals.FileNotFound(key);
        return FileEndpoint.Find(CallFor(file.App, new JObject { ["fileKey"] = key }));
    }

    private IReadOnlyList<Person>? Named(IReadOnlyList<string>? codes) =>
        codes is null ? null : [.. codes.Select(code => new Person(code, new TenantDirectory(parts.Tenant).UserName(code)))];

    private (Call Call, AppScope Scope, RecordDocument Record) Open(long app, long record)
    {
        var call = CallFor(app, []);
        var scope = AppScope.Open(call, app);
        return (call, scope, scope.Record(call, record));
    }

    private Call CallFor(long? app, JObject parameters) =>
        new(parts, transaction, caller, now, app is { } id ? parts.Tenant.Apps.Find(Keys.Of(id))?.GuestSpace : null, new Parameters(parameters));
}

/// <summary>A user, group or organisation.</summary>
internal sealed record Person(string Code, string Name);

/// <summary>A button of process management; <paramref name="Choices"/> is null where no assignee is asked for.</summary>
internal sealed record Button(string Name, string From, string To, IReadOnlyList<Person>? Choices);

/// <summary>Who may become an assignee, who is one, and whether there can be one only.</summary>
internal sealed record Assignment(IReadOnlyList<Person> People, IReadOnlyList<string> Present, bool One);

/// <summary>A button that was pressed.</summary>
internal sealed record StatusChange(string Action, string From, string To, string User, DateTimeOffset At);
