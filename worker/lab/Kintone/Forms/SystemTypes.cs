using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>A field that kintone fills: its value comes from the record itself, and what a request gives is ignored.</summary>
internal abstract class SystemType(string name, ValueFamily family) : FieldType
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override ValueFamily Family => family;

    /// <inheritdoc/>
    public override bool Writable => false;

    /// <inheritdoc/>
    public override JToken Take(Field field, JToken? given, FieldPath path, WriteContext context) => Empty;
}

/// <summary>The record's number.</summary>
internal sealed class RecordNumberType() : SystemType("RECORD_NUMBER", ValueFamily.Number);

/// <summary>Who made the record.</summary>
internal sealed class CreatorType() : SystemType("CREATOR", ValueFamily.Entities);

/// <summary>Who changed it last.</summary>
internal sealed class ModifierType() : SystemType("MODIFIER", ValueFamily.Entities);

/// <summary>When it was made.</summary>
internal sealed class CreatedTimeType() : SystemType("CREATED_TIME", ValueFamily.Instant);

/// <summary>When it was changed last.</summary>
internal sealed class UpdatedTimeType() : SystemType("UPDATED_TIME", ValueFamily.Instant);

/// <summary>The process status.</summary>
internal sealed class StatusType() : SystemType("STATUS", ValueFamily.Status);

/// <summary>Whose turn it is.</summary>
internal sealed class StatusAssigneeType() : SystemType("STATUS_ASSIGNEE", ValueFamily.Entities);

/// <summary>The categories; the lab's tenant never turns them on.</summary>
internal sealed class CategoryType() : SystemType("CATEGORY", ValueFamily.None);

/// <summary>A computed field.</summary>
internal sealed class CalcType() : SystemType("CALC", ValueFamily.Number);

/// <summary>A group of fields: layout only.</summary>
internal sealed class GroupType() : SystemType("GROUP", ValueFamily.None)
{
    /// <inheritdoc/>
    public override bool HasValue => false;
}

/// <summary>A list of related records: shown by kintone's pages, never part of a record.</summary>
internal sealed class ReferenceTableType() : SystemType("REFERENCE_TABLE", ValueFamily.None)
{
    /// <inheritdoc/>
    public override bool HasValue => false;
}
