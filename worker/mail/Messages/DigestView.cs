using VulnDiag.Domain.Mailing;
using VulnDiag.Domain.Scheduling;

namespace VulnDiag.Mail.Messages;

/// <summary>What the templates of a day's mail show around its requests.</summary>
internal sealed class DigestView(IReadOnlyList<MailScene> members, DateTimeOffset until) : MailView(members[0])
{
    public string Day { get; } = Jst.Text(Jst.DayOf(until));

    public int Count => members.Count;

    public IReadOnlyList<DigestItemView> Items { get; } = [.. members.Select(static (scene, index) => new DigestItemView(scene, index + 1))];
}

/// <summary>One request of a day's mail; its form names the reference in every label, as several requests may have a line of the same id.</summary>
internal sealed class DigestItemView
{
    internal DigestItemView(MailScene scene, int number)
    {
        Kind = scene.Order.Kind;
        Number = number;
        Name = scene.Order.Kind.NameJa();
        View = MailMessages.Of(Kind).View(scene);
        View.NameReferenceInForm();
    }

    public int Number { get; }

    public string Name { get; }

    public string Reference => View.Reference;

    public string Hospital => View.Hospital;

    public string Deadline => View.Deadline;

    internal MailKind Kind { get; }

    internal MailView View { get; }
}
