using Newtonsoft.Json.Linq;
using VulnDiag.Domain;
using VulnDiag.Domain.Findings;
using VulnDiag.Kintone.Client;
using VulnDiag.Model;
using static VulnDiag.Kintone.Mapping.FindingField;

namespace VulnDiag.Kintone.Mapping;

/// <summary>A row of 指摘事項. The machine's layer and a person's are written apart: only a new row gets both.</summary>
internal static class FindingMapping
{
    /// <summary>The unique text of a finding within its engagement.</summary>
    internal static string KeyOf(FindingRecord finding) => UniqueKey.Of($"{finding.Engagement}/{finding.Identity}");

    /// <summary>Reads a record.</summary>
    /// <exception cref="RecordShapeException">A field or a choice is missing, or the row says not what it is about.</exception>
    internal static FindingRecord Read(JObject record)
    {
        var fields = new FieldReader<FindingField>(record);
        var protocol = fields.Word<Transport>(Protocol) ?? throw Blank(Protocol);
        var port = (int)(fields.Number(Port) ?? throw Blank(Port));
        var id = fields.Text(CheckId);
        return new FindingRecord
        {
            RecordId = record.RecordId(),
            Revision = record.RecordRevision(),
            Engagement = new EngagementId(fields.Number(FindingField.Engagement) ?? throw Blank(FindingField.Engagement)),
            Identity = new FindingIdentity(fields.Text(HospitalCode), new LineId(fields.Text(Line)), protocol, port, id),
            Machine = new ScanFinding
            {
                Id = id,
                Kind = fields.Word<FindingKind>(Kind) ?? throw Blank(Kind),
                Protocol = protocol,
                Port = port,
                Severity = ReadSeverity(fields, FindingField.Severity) ?? throw Blank(FindingField.Severity),
                Cvss = fields.Decimal(FindingField.CvssScore) is { } score ? new CvssScore(fields.Text(CvssVersion), score, NullIfBlank(fields.Text(CvssVector))) : null,
                Cve = Lines(fields.Text(Cve)),
                Kev = fields.Choices(Kev).Count > 0,
                Epss = fields.Decimal(Epss),
                Jvn = Lines(fields.Text(Jvn)),
                Qod = (int)(fields.Number(Qod) ?? throw Blank(Qod)),
                TitleJa = fields.Text(Title),
                Evidence = fields.Text(FindingField.Evidence),
            },
            FirstSeen = fields.Time(FirstSeen) ?? throw Blank(FirstSeen),
            LastSeen = fields.Time(LastSeen) ?? throw Blank(LastSeen),
            Change = fields.Word<FindingChange>(Change) ?? FindingChange.New,
            Decision = new FindingDecision
            {
                Verdict = fields.Word<FindingVerdict>(Verdict) ?? FindingVerdict.Open,
                ReRated = ReadSeverity(fields, ReRated),
                Reason = fields.Text(Reason),
                By = fields.Users(DecidedBy).FirstOrDefault("")!,
                Expires = fields.Date(Expires),
            },
        };
    }

    /// <summary>A new row: both layers, since a decision may be carried over from the engagement before.</summary>
    internal static JObject WriteNew(FindingRecord finding)
    {
        var decision = finding.Decision;
        return WriteMachine(finding)
            .Set(Key, FieldValue.Line(KeyOf(finding)))
            .Set(Identity, FieldValue.Line(finding.Identity.ToString()))
            .Set(FindingField.Engagement, FieldValue.Number(finding.Engagement.Value))
            .Set(HospitalCode, FieldValue.Line(finding.Identity.HospitalCode))
            .Set(Line, FieldValue.Line(finding.Identity.Line.Value))
            .Set(Protocol, FieldValue.Word<Transport>(finding.Identity.Protocol))
            .Set(Port, FieldValue.Number(finding.Identity.Port))
            .Set(CheckId, FieldValue.Line(finding.Identity.Id))
            .Set(Verdict, FieldValue.Word<FindingVerdict>(decision.Verdict))
            .Set(ReRated, new JValue(decision.ReRated?.NameJa() ?? ""))
            .Set(Reason, FieldValue.Lines(decision.Reason))
            .Set(DecidedBy, FieldValue.Users(decision.By.Length > 0 ? [decision.By] : []))
            .Set(Expires, FieldValue.Date(decision.Expires));
    }

    /// <summary>The machine's layer alone: what a person decided is not even named.</summary>
    internal static JObject WriteMachine(FindingRecord finding)
    {
        var machine = finding.Machine;
        return new JObject()
            .Set(Kind, FieldValue.Word<FindingKind>(machine.Kind))
            .Set(FindingField.Severity, new JValue(machine.Severity.NameJa()))
            .Set(Title, FieldValue.Line(machine.TitleJa))
            .Set(CvssVersion, FieldValue.Line(machine.Cvss?.Version ?? ""))
            .Set(FindingField.CvssScore, FieldValue.Number(machine.Cvss?.Score))
            .Set(CvssVector, FieldValue.Line(machine.Cvss?.Vector ?? ""))
            .Set(Cve, FieldValue.Lines(string.Join('\n', machine.Cve)))
            .Set(Kev, FieldValue.Tick(nameof(Kev), machine.Kev))
            .Set(Epss, FieldValue.Number(machine.Epss))
            .Set(Jvn, FieldValue.Lines(string.Join('\n', machine.Jvn)))
            .Set(Qod, FieldValue.Number(machine.Qod))
            .Set(FindingField.Evidence, FieldValue.Lines(machine.Evidence))
            .Set(FirstSeen, FieldValue.Time(finding.FirstSeen))
            .Set(LastSeen, FieldValue.Time(finding.LastSeen))
            .Set(Change, FieldValue.Word<FindingChange>(finding.Change));
    }

    /// <summary>KEV alone.</summary>
    internal static JObject WriteExploited() => new JObject().Set(Kev, FieldValue.Tick(nameof(Kev), true));

    private static Severity? ReadSeverity(FieldReader<FindingField> fields, FindingField field) => fields.Text(field) switch
    {
        "" => null,
        var word => Severities.FromNameJa(word) ?? throw new RecordShapeException(field.Code(), "has a choice that is none of ours"),
    };

    private static IReadOnlyList<string> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? NullIfBlank(string text) => text.Length > 0 ? text : null;

    private static RecordShapeException Blank(FindingField field) => new(field.Code(), "is blank in a row that cannot do without it");
}
