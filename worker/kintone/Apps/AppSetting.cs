namespace VulnDiag.Kintone.Apps;

/// <summary>One file of an app's definition and the REST resources that it stands for.</summary>
/// <param name="File">File name without extension.</param>
/// <param name="Parts">Resources below <c>/k/v1/</c>; a named part stands under its name in the file, a single unnamed one is the file.</param>
internal sealed record AppSetting(string File, IReadOnlyList<(string? Name, string Resource)> Parts)
{
    /// <summary>Fields of the form.</summary>
    internal static AppSetting Fields { get; } = new("fields", [(null, "app/form/fields.json")]);

    /// <summary>Where the fields stand.</summary>
    internal static AppSetting Layout { get; } = new("layout", [(null, "app/form/layout.json")]);

    /// <summary>Name, icon, title field and the like.</summary>
    internal static AppSetting General { get; } = new("app", [(null, "app/settings.json")]);

    /// <summary>Lists of records.</summary>
    internal static AppSetting Views { get; } = new("views", [(null, "app/views.json")]);

    /// <summary>Process management.</summary>
    internal static AppSetting Process { get; } = new("status", [(null, "app/status.json")]);

    /// <summary>Rights on records.</summary>
    internal static AppSetting RecordRights { get; } = new("record-acl", [(null, "record/acl.json")]);

    /// <summary>Rights on fields.</summary>
    internal static AppSetting FieldRights { get; } = new("field-acl", [(null, "field/acl.json")]);

    /// <summary>Notifications of all three kinds.</summary>
    internal static AppSetting Notifications { get; } = new(
        "notifications",
        [("general", "app/notifications/general.json"), ("perRecord", "app/notifications/perRecord.json"), ("reminder", "app/notifications/reminder.json")]);

    /// <summary>Scripts and styles, plug-ins, graphs and actions: what could act on records, or show them, besides the settings above. We want none.</summary>
    internal static AppSetting Extras { get; } = new(
        "extras",
        [("actions", "app/actions.json"), ("customize", "app/customize.json"), ("plugins", "app/plugins.json"), ("reports", "app/reports.json")]);

    /// <summary>Rights on the app.</summary>
    internal static AppSetting AppRights { get; } = new("app-acl", [(null, "app/acl.json")]);

    /// <summary>All, in the order in which they can be written: the others name fields, conditions name the status, and rights on the app come last so that a cut never leaves it open.</summary>
    internal static IReadOnlyList<AppSetting> All { get; } = [Fields, Layout, General, Process, Views, RecordRights, FieldRights, Notifications, Extras, AppRights];
}
