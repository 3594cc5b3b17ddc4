using VulnDiag.Domain;
using VulnDiag.Domain.Hearing;

namespace VulnDiag.Report;

/// <summary>Everything a report says, and nothing else: sections and sheets read this alone.</summary>
/// <remarks>Immutable. Source: SPEC "The report". Built by <see cref="ReportModelBuilder"/>.</remarks>
public sealed record ReportModel
{
    /// <summary>Name of the operator who carried out the diagnosis (a setting).</summary>
    public required string Operator { get; init; }

    /// <summary>Hospital's name exactly as in the record; null for an operator's own scan.</summary>
    public string? HospitalName { get; init; }

    /// <summary>医療機関コード, or empty.</summary>
    public string HospitalCode { get; init; } = "";

    /// <summary>The engagement, or null for an operator's own scan.</summary>
    public EngagementId? Engagement { get; init; }

    /// <summary>Edition, 1 or more.</summary>
    public required int Edition { get; init; }

    /// <summary>True for 案: not approved, not for hospitals.</summary>
    public bool Draft { get; init; }

    /// <summary>The vendor that this slice is for, or null for the hospital's whole report.</summary>
    public ReportVendor? ForVendor { get; init; }

    /// <summary>Which of the report's slices this is, from 1; 0 for the whole report.</summary>
    public int SliceNumber { get; init; }

    /// <summary>Display name of the 分析担当, or empty.</summary>
    public string Analyst { get; init; } = "";

    /// <summary>Display name of the 承認者, or empty.</summary>
    public string Approver { get; init; } = "";

    /// <summary>Day of issue in Japan.</summary>
    public required DateOnly Made { get; init; }

    /// <summary>報告期限, or null.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>総評 by the analyst, or empty.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Lines in the order of the record.</summary>
    public required IReadOnlyList<ReportLine> Lines { get; init; }

    /// <summary>The engagement that this one is compared with, or null for a first diagnosis.</summary>
    public PreviousReport? Previous { get; init; }

    /// <summary>Findings by rating.</summary>
    public SeverityCounts Counts => SeverityCounts.Of(Lines.SelectMany(static line => line.Findings));

    /// <summary>True when what is reported was seen by a person before (an engagement), false for a scan put straight into a report.</summary>
    public bool Reviewed => Engagement is not null;

    /// <summary>The vendors of all lines, each once, in the order of the record.</summary>
    public IReadOnlyList<ReportVendor> Vendors => [.. Lines.SelectMany(static line => line.Vendors).DistinctBy(static vendor => vendor.Mail)];

    /// <summary>The slices to hand over: one per vendor with a line that was scanned, none for a draft.</summary>
    public IReadOnlyList<ReportModel> Slices => Draft || ForVendor is not null
        ? []
        : [.. Vendors.Where(vendor => Lines.Any(line => line.Scan is not null && line.Vendors.Any(other => other.Mail == vendor.Mail))).Select(SliceFor)];

    /// <summary>A vendor's slice: its lines only, and nothing that was written about the others.</summary>
    /// <exception cref="ArgumentException">The vendor looks after none of the lines.</exception>
    public ReportModel SliceFor(ReportVendor vendor)
    {
        var lines = Lines.Where(line => line.Vendors.Any(other => other.Mail == vendor.Mail)).ToList();
        if (lines.Count == 0) throw new ArgumentException("This vendor looks after none of the lines.", nameof(vendor));

        // Other vendors' names and the summary may speak of lines that are none of this vendor's business.
        return this with
        {
            ForVendor = vendor,
            SliceNumber = Vendors.Select(static other => other.Mail).ToList().IndexOf(vendor.Mail) + 1,
            Summary = "",
            Lines = [.. lines.Select(line => line with { Vendors = [.. line.Vendors.Where(other => other.Mail == vendor.Mail)] })],
        };
    }
}

/// <summary>A vendor as the report names it.</summary>
/// <param name="Mail">Lower-case mail address: the vendor's identity; not printed.</param>
/// <param name="Company">ベンダ名.</param>
/// <param name="Role">役割 on the line.</param>
public sealed record ReportVendor(string Mail, string Company, VendorRole Role);

/// <summary>The engagement that a report is compared with.</summary>
/// <param name="Engagement">Record number.</param>
/// <param name="IssuedOn">Day of issue of its last report in Japan, or null where it had none.</param>
public sealed record PreviousReport(EngagementId Engagement, DateOnly? IssuedOn);
