using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Gates;

/// <summary>What vendor gates share: one question per line and vendor address, answered for what it was about and nothing else.</summary>
internal static class Questions
{
    internal delegate T Gate<T>(IReadOnlyList<VendorFacts> rows, IReadOnlyList<OpenQuestion> waiting, IReadOnlyList<OpenQuestion> refused);

    internal static T Read<T>(
        VendorQuestion question,
        IEnumerable<LineView> lines,
        Func<LineView, string> about,
        Func<LineView, IReadOnlyList<Vendor>> vendors,
        EngagementFacts facts,
        int round,
        DateTimeOffset now,
        Gate<T> gate)
    {
        var open = (
            from line in lines
            let hash = about(line)
            from vendor in vendors(line).DistinctBy(static vendor => vendor.Mail)
            let row = facts.Vendors.LastOrDefault(row =>
                row.Question == question && row.Line == line.Id && row.VendorMail == vendor.Mail && row.AboutHash == hash)
                ?? new VendorFacts { Question = question, Line = line.Id, VendorMail = vendor.Mail, AboutHash = hash, Round = round, AskedAt = now }
            select new OpenQuestion(line, vendor, row)).ToList();
        return gate(
            [.. open.Select(static item => item.Row)],
            [.. open.Where(static item => item.Row.Reply is null)],
            [.. open.Where(static item => item.Row.Reply is VendorReply.No)]);
    }

    /// <summary>The record's rows with those of a gate that are new added at the end.</summary>
    internal static EngagementFacts WithRows(this EngagementFacts facts, IReadOnlyList<VendorFacts> rows)
    {
        var missing = rows.Where(row => !facts.Vendors.Contains(row)).ToList();
        return missing.Count == 0 ? facts : facts with { Vendors = [.. facts.Vendors, .. missing] };
    }
}
