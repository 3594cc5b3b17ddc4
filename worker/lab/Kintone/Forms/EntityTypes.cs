using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Kintone.Errors;

namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>A choice of users, groups or organisations; stored as their codes.</summary>
internal abstract class EntityType : FieldType
{
    /// <inheritdoc/>
    public override ValueFamily Family => ValueFamily.Entities;

    /// <inheritdoc/>
    public override JToken Empty => new JArray();

    /// <inheritdoc/>
    public override string RequiredPath => ".values.value";

    /// <inheritdoc/>
    public override JToken Default(Field field, WriteContext context)
    {
        var codes = new JArray();
        foreach (var entity in field.Properties["defaultValue"] as JArray ?? [])
        {
            var code = (string?)entity["type"] == "FUNCTION" ? OfCaller(context) : (string?)entity["code"];
            if (!string.IsNullOrEmpty(code)) codes.Add(code);
        }

        return codes;
    }

    /// <inheritdoc/>
    public override JToken Take(Field field, JToken? given, FieldPath path, WriteContext context)
    {
        if (given is null or JValue { Value: null or "" }) return Empty;
        if (given is not JArray entities || entities.Any(entity => entity is not JObject))
        {
            context.Faults.Add(path.With(".value"), MessageId.WrongType);
            return Empty;
        }

        var codes = entities.Select(entity => Scalar.Text(entity["code"]) ?? "").Distinct(StringComparer.Ordinal).ToList();
        foreach (var code in codes)
            if (!Exists(code, context)) throw Refusals.UnknownUser(code);
        return new JArray(codes);
    }

    /// <inheritdoc/>
    public override JToken Show(Field field, JToken stored, IDirectory directory) =>
        new JArray(stored.Select(code => new JObject { ["code"] = code, ["name"] = NameOf((string)code!, directory) }));

    /// <summary>What the default's function means for the caller: the user by LOGINUSER(), the preferred organisation by PRIMARY_ORGANIZATION().</summary>
    protected virtual string OfCaller(WriteContext context) => context.UserCode;

    /// <summary>Whether the tenant knows the code.</summary>
    protected abstract bool Exists(string code, WriteContext context);

    /// <summary>The name shown with a code.</summary>
    protected abstract string NameOf(string code, IDirectory directory);
}

/// <summary>Users.</summary>
internal sealed class UserSelectType : EntityType
{
    /// <inheritdoc/>
    public override string Name => "USER_SELECT";

    /// <inheritdoc/>
    protected override bool Exists(string code, WriteContext context) => context.Tenant.Users.Find(code) is not null;

    /// <inheritdoc/>
    protected override string NameOf(string code, IDirectory directory) => directory.UserName(code);
}

/// <summary>Groups.</summary>
internal sealed class GroupSelectType : EntityType
{
    /// <inheritdoc/>
    public override string Name => "GROUP_SELECT";

    /// <inheritdoc/>
    protected override bool Exists(string code, WriteContext context) => context.Tenant.Groups.Find(code) is not null;

    /// <inheritdoc/>
    protected override string NameOf(string code, IDirectory directory) => directory.GroupName(code);
}

/// <summary>Organisations.</summary>
internal sealed class OrganizationSelectType : EntityType
{
    /// <inheritdoc/>
    public override string Name => "ORGANIZATION_SELECT";

    /// <inheritdoc/>
    protected override bool Exists(string code, WriteContext context) => context.Tenant.Organizations.Find(code) is not null;

    /// <inheritdoc/>
    protected override string NameOf(string code, IDirectory directory) => directory.OrganizationName(code);

    /// <inheritdoc/>
    protected override string OfCaller(WriteContext context) => context.Tenant.Users.Find(context.UserCode)?.PrimaryOrganization ?? "";
}
