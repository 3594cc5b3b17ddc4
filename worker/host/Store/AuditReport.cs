using System.Globalization;
using Newtonsoft.Json;
using VulnDiag.Model;

namespace VulnDiag.Worker.Store;

/// <summary>What <c>audit verify</c> found.</summary>
/// <param name="Whole">True when nothing was changed, taken out, put in or cut off.</param>
/// <param name="Entries">Entries that hold.</param>
/// <param name="Head">Hash of the last entry that holds; note it down elsewhere to prove later that the log was not rewritten as a whole.</param>
/// <param name="Fault">What is wrong, or null.</param>
/// <param name="Torn">Bytes of an unfinished last line, which a crash may leave and the next entry cuts off.</param>
internal sealed record AuditReport(bool Whole, long Entries, string Head, string? Fault, int Torn)
{
    internal static AuditReport Of(string text, string? head, string? noted)
    {
        var end = text.LastIndexOf('\n') + 1;
        var torn = Json.Utf8.GetByteCount(text.AsSpan(end));
        AuditEntry? last = null;
        var headSeen = head is null;
        var notedSeen = noted is null;
        foreach (var line in text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (entry, fault) = Next(line, last);
            if (fault is not null) return new(false, last?.Sequence ?? 0, last?.Hash ?? "", fault, torn);
            last = entry;
            notedSeen |= string.Equals(noted, entry!.Hash, StringComparison.OrdinalIgnoreCase);
            headSeen |= head == string.Create(CultureInfo.InvariantCulture, $"{entry.Sequence} {entry.Hash}");
        }

        var cut = !notedSeen ? $"No entry has the hash {noted}: the log was rewritten since it was noted down, or it is another log's."
            : headSeen ? null : $"The log ends at entry {last?.Sequence ?? 0}, but the store remembers a later or another one ({head}): entries were cut off or rewritten.";
        return new(cut is null, last?.Sequence ?? 0, last?.Hash ?? "", cut, torn);
    }

    private static (AuditEntry? Entry, string? Fault) Next(string line, AuditEntry? last)
    {
        var after = last is null ? "at the start" : $"after entry {last.Sequence}";
        AuditEntry entry;
        try
        {
            entry = Json.Read<AuditEntry>(line);
        }
        catch (JsonException)
        {
            return (null, $"The line {after} is not an entry.");
        }

        if (!entry.IsIntact()) return (null, $"The entry {after} was changed: its hash does not fit.");
        if (entry.Sequence != (last?.Sequence ?? 0) + 1 || entry.Previous != (last?.Hash ?? AuditEntry.NoPrevious))
            return (null, $"The entry {after} does not continue the one before: something was taken out or put in.");
        return (entry, null);
    }
}
