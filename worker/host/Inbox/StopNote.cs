using System.Globalization;
using VulnDiag.Domain;
using VulnDiag.Worker.Store;

namespace VulnDiag.Worker.Inbox;

/// <summary>What the row of a STOP mail says in 備考, so that a worker on another machine that takes over heeds it too.</summary>
/// <param name="Mail">Id of the mail.</param>
/// <param name="HeardAt">When it was first heard.</param>
/// <param name="Engagements">What it stops.</param>
internal sealed record StopNote(string Mail, DateTimeOffset HeardAt, IReadOnlyList<EngagementId> Engagements)
{
    private const string Word = "Stop";
    private const int Parts = 4;

    public override string ToString() => $"{Word} {Mail} {HeardAt.Text()} {string.Join(',', Engagements.Select(static id => id.Value.ToString(CultureInfo.InvariantCulture)))}";

    /// <summary>Reads it back; null for any other remark.</summary>
    internal static StopNote? TryRead(string remark)
    {
        var parts = remark.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length != Parts || parts[0] != Word || Instants.TryParse(parts[2]) is not { } heard) return null;
        var ids = parts[3].Split(',').Select(static text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).ToList();
        return ids.TrueForAll(static id => id > 0) ? new StopNote(parts[1], heard, [.. ids.Select(static id => new EngagementId(id))]) : null;
    }
}
