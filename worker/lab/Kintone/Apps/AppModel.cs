using System.Runtime.CompilerServices;
using VulnDiag.Lab.Kintone.Forms;
using VulnDiag.Lab.Kintone.Process;
using VulnDiag.Lab.Kintone.Rights;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Apps;

/// <summary>One version of an app's settings, read into what the emulator works with. Made once per version.</summary>
internal sealed class AppModel
{
    private static readonly ConditionalWeakTable<AppSettings, AppModel> Cache = [];

    private AppModel(AppSettings settings)
    {
        Form = new Form(settings.Fields);
        Rules = new AccessRules(settings);
        Process = ProcessModel.Of(settings.Process);
        Precision = NumberPrecision.Of(settings.General["numberPrecision"]);
    }

    /// <summary>The fields.</summary>
    public Form Form { get; }

    /// <summary>The access lists.</summary>
    public AccessRules Rules { get; }

    /// <summary>Process management, or null when it is off.</summary>
    public ProcessModel? Process { get; }

    /// <summary>How computed numbers are rounded.</summary>
    public NumberPrecision Precision { get; }

    /// <summary>The model of <paramref name="settings"/>.</summary>
    public static AppModel Of(AppSettings settings) => Cache.GetValue(settings, made => new AppModel(made));
}
