using VulnDiag.Domain.Facts;

namespace VulnDiag.Domain.Hearing;

/// <summary>Hashes of answers: a decision that was taken about some answers holds for those and no others.</summary>
/// <remarks>Taken over the answers as read, so that a space, a full-width digit or another order of rows does not undo a decision. Lower-case hexadecimal SHA-256.</remarks>
public static class AnswersHash
{
    /// <summary>What meetings are about: everything that is answered of one line, its vendors included, without the consent.</summary>
    public static string OfLine(Line line) => FactHash.Of(LineParts(line));

    /// <summary>What the triage was about: every line with its consent, the vendors, the candidate windows and the times to avoid; not the confirmations of the day.</summary>
    public static string OfHearing(HearingRecord hearing) => FactHash.Of(
    [
        hearing.HospitalName, hearing.HospitalCode, hearing.Prefecture,
        hearing.ContactName, hearing.ContactPost, hearing.ContactMail, hearing.ContactPhone,
        .. hearing.Lines.OrderBy(static line => line.Id).SelectMany(static line => new[] { OfLine(line), FactHash.OfConsent(line) }),
        FactHash.OfWindows(hearing.CandidateWindows),
        FactHash.OfWindows(hearing.TimesToAvoid),
    ]);

    private static IEnumerable<string> LineParts(Line line) =>
    [
        line.Id.Value, line.Name,
        Word(line.GlobalIp), Word(line.Communication), Word(line.Access), Word(line.Addressing),
        Word(line.AddressProvided), line.Address?.ToString() ?? "",
        Word(line.FqdnProvided), line.Fqdn ?? "",
        line.DeviceKind, line.Maker, line.Model,
        Word(line.MedicalRecords), Word(line.MonitoredAnswer), line.SelfManaged ? "1" : "0",
        .. line.Vendors.OrderBy(static vendor => vendor.Mail, StringComparer.Ordinal).ThenBy(static vendor => vendor.Role).SelectMany(static vendor => new[] { vendor.Role.ToString(), vendor.Company, vendor.Person, vendor.Mail }),
    ];

    private static string Word<T>(T? answer) where T : struct, Enum => answer?.ToString() ?? "";
}
