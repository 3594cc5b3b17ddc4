using VulnDiag.Domain;
using VulnDiag.Domain.Findings;
using VulnDiag.Domain.Hearing;
using VulnDiag.Model;

namespace VulnDiag.Report.Texts;

/// <summary>Words that several sections and sheets share: names of values, dates, references.</summary>
internal sealed class Words
{
    private const int MostEvidenceLetters = 600;
    private const int MostEvidenceLines = 10;
    private const int MostCellLetters = 24;

    private readonly TextFile texts = TextFile.Load("words");

    private Words()
    {
    }

    internal static Words Japanese { get; } = new();

    /// <summary>The shared file itself, for texts that need no code.</summary>
    internal TextFile Texts => texts;

    /// <summary>What stands where there is nothing.</summary>
    internal string None => texts["none"];

    /// <summary>The word of an enum's member; for null, that the hospital has not answered.</summary>
    internal string Of<T>(string table, T? value)
        where T : struct, Enum => value is { } known ? texts[$"{table}.{known}"] : texts["notAnswered"];

    internal string Edition(ReportModel model) => texts.Fill(model.Draft ? "draft" : "edition", ("number", model.Edition));

    internal string Reference(EngagementId engagement) => texts.Fill("reference", ("number", engagement));

    /// <summary>How the report is called by whom it is about: the hospital, or the scanned address.</summary>
    internal string Subject(ReportModel model) => model.HospitalName is { } name
        ? Printable.Line(name)
        : texts.Fill("ownScanName", ("address", string.Join(texts["separator"], model.Lines.Select(static line => line.Id.Value))));

    /// <summary>A line as headings name it; an operator's own scan has an address instead.</summary>
    internal string Line(ReportLine line) => line switch
    {
        { Answers: null } => Printable.Line(line.Id.Value),
        { Name: "" } => texts.Fill("line", ("id", Printable.Line(line.Id.Value))),
        _ => texts.Fill("lineNamed", ("id", Printable.Line(line.Id.Value)), ("name", Printable.Line(line.Name))),
    };

    /// <summary>A line as tables name it, under a head that says what it is.</summary>
    internal string LineCell(ReportLine line) => line.Name.Length == 0
        ? Printable.Line(line.Id.Value)
        : texts.Fill("lineCell", ("id", Printable.Line(line.Id.Value)), ("name", Short(Printable.Line(line.Name))));

    private static string Short(string name) => name.Length <= MostCellLetters ? name : Printable.Cut(name, MostCellLetters) + "…";

    internal string Join(IEnumerable<string> items) => string.Join(texts["separator"], items);

    internal string Roles(IEnumerable<VendorRole> roles) => Join(roles.Distinct().Select(role => texts[$"role.{role}"]));

    internal string SeverityBand(Severity severity) => texts[$"severity.{severity}.band"];

    internal string Change(FindingChange change) => texts[$"change.{change}"];

    /// <summary>Why a line's outcome is what it is; a general sentence where the record gives none.</summary>
    internal string OutcomeReason(ReportLine line) =>
        line.OutcomeReason.Length > 0 ? Reason(line.OutcomeReason) : texts[$"outcomeReason.{line.Outcome}"];

    /// <summary>A reason of the engine in words for the hospital; a person's reason as it stands.</summary>
    internal string Reason(string reason) => Reasons.Japanese(reason, texts);

    /// <summary>Evidence of a finding, readable.</summary>
    internal static string WholeEvidence(ScanFinding finding) => EvidenceWords.Japanese(finding.Id, ShownEvidence.Of(finding.Evidence));

    /// <summary>Evidence for a page: cut where it would take too much of it, saying so.</summary>
    internal string Evidence(ScanFinding finding)
    {
        var shown = WholeEvidence(finding);
        var cut = Printable.Cut(string.Join('\n', shown.Split('\n').Take(MostEvidenceLines)), MostEvidenceLetters);
        return cut.Length == shown.Length ? shown : cut + texts["truncated"];
    }
}
