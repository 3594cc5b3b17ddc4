namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>How values of a type compare, and so which query operators fit. Source: kintone, "クエリの書き方", table of operators by field type.</summary>
internal enum ValueFamily
{
    /// <summary>Carries no value a query could look at.</summary>
    None,

    /// <summary>A line of text.</summary>
    Text,

    /// <summary>Text of many lines, plain or rich.</summary>
    LongText,

    /// <summary>A decimal, a record's number among them.</summary>
    Number,

    /// <summary>One or many of named options.</summary>
    Choice,

    /// <summary>The process status.</summary>
    Status,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>An instant.</summary>
    Instant,

    /// <summary>Users, groups or organisations.</summary>
    Entities,

    /// <summary>Attached files.</summary>
    File,
}
