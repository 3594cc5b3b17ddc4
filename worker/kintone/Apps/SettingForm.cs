using Newtonsoft.Json.Linq;

namespace VulnDiag.Kintone.Apps;

/// <summary>Between kintone's answers and the files: what belongs to a tenant (revisions, ids) is left out, what is kintone's own is not ours to keep.</summary>
internal static class SettingForm
{
    /// <summary>The form of a file for an answer of kintone's.</summary>
    internal static JObject OfAnswer(AppSetting setting, JObject answer, IReadOnlyDictionary<string, long> ids)
    {
        var form = AppLinks.ToNames(answer, ids);
        form.Remove("revision");
        if (setting == AppSetting.Views) TidyViews(form);
        if (setting == AppSetting.Process) TidyProcess(form);
        return (JObject)CanonicalJson.Sort(form);
    }

    private static void TidyViews(JObject form)
    {
        foreach (var view in (form["views"] as JObject)?.Properties().ToList() ?? [])
        {
            // kintone makes and removes its built-in view (records assigned to me) by itself.
            if (view.Value["builtinType"] is not null) view.Remove();
            else ((JObject)view.Value).Remove("id");
        }
    }

    private static void TidyProcess(JObject form)
    {
        // States that were once set up stay in the answer when process management is off; they mean nothing then.
        if (form["enable"] is not JValue { Value: true })
        {
            form["states"] = JValue.CreateNull();
            form["actions"] = JValue.CreateNull();
            return;
        }

        foreach (var action in (form["actions"] as JArray)?.OfType<JObject>() ?? [])
        {
            action["type"] ??= "PRIMARY";
            // An assignees' action has no users of its own, whether kintone leaves them out or says an empty list.
            if (action.Value<string>("type") == "PRIMARY") action.Remove("executableUser");
        }
    }
}
