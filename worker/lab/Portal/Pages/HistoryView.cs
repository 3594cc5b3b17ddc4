using VulnDiag.Lab.Portal.Forms;
using VulnDiag.Lab.Portal.Markup;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Pages;

/// <summary>How a record came to its status.</summary>
internal static class HistoryView
{
    /// <summary>The buttons that were pressed, the last one first; nothing when none was.</summary>
    public static Html Show(IReadOnlyList<StatusChange> changes) => Html.When(changes.Count > 0, Html.Of($"""
        <section class="history" aria-labelledby="history"><h2 id="history">{Words.Of("history.title")}</h2>
        <ol reversed>{changes.Reverse().Select(static change => Html.Of($"""
            <li><p class="by"><time>{PortalValue.Local(change.At)}</time> {change.User}</p><p><strong>{change.Action}</strong>: {change.From} <span aria-hidden="true">&rarr;</span><span class="hidden">{Words.Of("process.to")}</span> {change.To}</p></li>
            """))}</ol></section>
        """));
}
