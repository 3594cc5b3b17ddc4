using Newtonsoft.Json.Linq;
using VulnDiag.Lab.Portal.Forms;
using VulnDiag.Lab.Portal.Markup;
using VulnDiag.Lab.Portal.Visits;

namespace VulnDiag.Lab.Portal.Pages;

/// <summary>A record's comments and the form for a new one.</summary>
internal static class CommentView
{
    /// <summary>The API answers ten at a time; a page shows this many.</summary>
    private const int MostShown = 100;

    /// <summary>The comments, newest first as kintone has them.</summary>
    public static Html Show(Desk desk, EditModel model, long number, string token, RecordWords typed)
    {
        var comments = Read(desk, model.App.Id, number);
        var deletable = desk.Deletable(model.App.Id, number);
        var readers = desk.Readers(model.App.Id, number).Where(person => person.Code != desk.User).ToList();
        return Html.Of($"""
            <section class="comments" aria-labelledby="comments"><h2 id="comments">{Words.Of("comment.title")}</h2>
            <form method="post" action="{Paths.Comment(model.App.Id, number)}">{Frame.Token(token)}
            <div class="field w-full"><label for="text">{Words.Of("comment.text")}</label><textarea id="text" name="text" rows="3">{"\n" + typed.Comment}</textarea></div>
            <details class="mention"{Html.When(typed.Mentions.Count > 0, Html.Of($" open"))}><summary>{Words.Of("comment.mention")}</summary><fieldset class="choices"><legend>{Words.Of("comment.whom")}</legend>
            {readers.Select((person, index) => Reader(person, index, typed.Mentions.Contains(person.Code)))}</fieldset></details>
            <button type="submit">{Words.Of("comment.send")}</button></form>
            {(comments.Count == 0 ? Html.Of($"""<p class="none">{Words.Of("comment.none")}</p>""") : Html.Of($"<ol>{comments.Select(comment => Comment(comment, deletable.Contains((string)comment["id"]!) ? Delete(model.App.Id, number, comment, token) : Html.None))}</ol>"))}
            </section>
            """);
    }

    private static Html Reader(Person person, int index, bool chosen) => Html.Of($"""
        <label class="choice" for="mention:{index}"><input type="checkbox" id="mention:{index}" name="mention" value="{person.Code}"{Html.When(chosen, Html.Of($" checked"))}> {person.Name}</label>
        """);

    private static Html Delete(long app, long number, JObject comment, string token) => Html.Of($"""
        <details class="delete"><summary aria-label="{Words.Of("comment.deleteNamed", (string?)comment["id"] ?? "")}">{Words.Of("comment.delete")}</summary>
        <form method="post" action="{Paths.DeleteComment(app, number)}">{Frame.Token(token)}<input type="hidden" name="comment" value="{(string?)comment["id"]}">
        <p>{Words.Of("comment.deleteAsk")}</p><button type="submit">{Words.Of("comment.deleteDo")}</button></form></details>
        """);

    private static Html Comment(JObject comment, Html tools) => Html.Of($"""
        <li><p class="by"><strong>{(string?)comment["creator"]?["name"]}</strong> <time>{PortalValue.Local((string?)comment["createdAt"] ?? "", ' ')}</time></p>
        <p class="lines">{((string?)comment["text"])?.Trim()}</p>{tools}</li>
        """);

    private static IReadOnlyList<JObject> Read(Desk desk, long app, long record)
    {
        var comments = new List<JObject>();
        bool older;
        do
        {
            var page = desk.Get("record/comments.json", new JObject { ["app"] = app, ["record"] = record, ["offset"] = comments.Count });
            comments.AddRange(page["comments"]!.Cast<JObject>());
            older = (bool)page["older"]!;
        }
        while (older && comments.Count < MostShown);
        return comments;
    }
}
