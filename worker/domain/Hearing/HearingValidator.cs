using System.Globalization;
using System.Net;
using VulnDiag.Domain.Scheduling;

namespace VulnDiag.Domain.Hearing;

/// <summary>Reads a hearing: what can be read becomes the record, what cannot becomes one sentence per fault.</summary>
/// <remarks>
/// Pure; takes any text and never throws. Faults stand in the order of the page. What a line does not need on its way through the triage is not asked for:
/// rows 17 to 19 and × need no address, vendor or consent, and a hearing without a line that may go on needs no dates. Source: SPEC "The hearing".
/// </remarks>
public static class HearingValidator
{
    /// <summary>Normalises and reads <paramref name="typed"/>.</summary>
    public static HearingRecord Read(HearingAnswers typed, HearingRules rules)
    {
        var answers = HearingNormalizer.Normalize(typed);
        var faults = new FaultList();
        AddHospitalFaults(answers, faults);

        var readings = ReadLines(answers, rules, faults);
        var vendors = VendorRow.Of(answers.Vendors);
        var lines = new List<Line>();
        foreach (var reading in readings)
        {
            var (line, needs) = LineNeeds.Read(reading, [.. vendors.Where(row => IsSame(row.Answer.LineId, reading.Answers.Id))], rules.Now);
            lines.Add(line);
            faults.AddRange(reading.Faults);
            faults.AddRange(needs);
        }

        LineReading[] goingOn = [.. readings.Where(static reading => reading.MayGoOn)];
        var forScheduling = new FaultList();
        AddVendorLineFaults(vendors, answers.Lines, forScheduling);
        AddSilenceFaults(answers, goingOn, lines, forScheduling);
        var windows = PeriodReader.ReadWindows(answers.CandidateWindows, rules, forScheduling);
        var avoids = PeriodReader.ReadAvoids(answers.TimesToAvoid, rules, forScheduling);
        AddAllAvoidedFault(windows, avoids, rules, forScheduling);
        if (goingOn.Length > 0) faults.AddRange(forScheduling.All);

        var confirmationFaults = new FaultList();
        return new HearingRecord
        {
            HospitalName = answers.HospitalName,
            HospitalCode = answers.HospitalCode,
            Prefecture = HospitalCode.ReadPrefecture(answers.Prefecture) ?? answers.Prefecture,
            ContactName = answers.ContactName,
            ContactPost = answers.ContactPost,
            ContactMail = answers.ContactMail,
            ContactPhone = answers.ContactPhone,
            SilenceRequested = Choices.Read<Requested>(answers.SilenceRequest) is { } requested ? requested is Requested.Yes : null,
            Lines = [.. lines.Where(static line => line.Id.Value.Length > 0).DistinctBy(static line => line.Id.Value, StringComparer.OrdinalIgnoreCase)],
            CandidateWindows = windows,
            TimesToAvoid = avoids,
            SameDayConfirmations = SameDayReader.Read(answers.SameDayConfirmations, lines, rules, confirmationFaults),
            Faults = faults.All,
            SameDayFaults = confirmationFaults.All,
        };
    }

    private static void AddHospitalFaults(HearingAnswers answers, FaultList faults)
    {
        if (answers.HospitalName.Length == 0) faults.Add("hospital-name-missing", HearingField.HospitalName);
        var codeFault = HospitalCode.FaultOf(answers.HospitalCode);
        if (codeFault is not null) faults.Add(codeFault, HearingField.HospitalCode, answers.HospitalCode);
        AddPrefectureFault(answers, codeFault is null, faults);

        if (answers.ContactName.Length == 0) faults.Add("contact-name-missing", HearingField.ContactName);
        if (answers.ContactMail.Length == 0) faults.Add("contact-mail-missing", HearingField.ContactMail);
        else if (!MailAddressReader.IsValid(answers.ContactMail)) faults.Add("contact-mail-bad", HearingField.ContactMail, answers.ContactMail);
        if (answers.ContactPhone.Length == 0) faults.Add("contact-phone-missing", HearingField.ContactPhone);
        else if (!IsPhone(answers.ContactPhone)) faults.Add("contact-phone-bad", HearingField.ContactPhone, answers.ContactPhone);
    }

    private static void AddPrefectureFault(HearingAnswers answers, bool codeIsRight, FaultList faults)
    {
        var prefecture = HospitalCode.ReadPrefecture(answers.Prefecture);
        if (answers.Prefecture.Length == 0) faults.Add("prefecture-missing", HearingField.Prefecture);
        else if (prefecture is null) faults.Add("prefecture-unknown", HearingField.Prefecture, answers.Prefecture);
        else if (codeIsRight && HospitalCode.PrefectureOf(answers.HospitalCode) is { } ofCode && ofCode != prefecture)
            faults.Add("hospital-code-mismatch", HearingField.HospitalCode, prefecture, ofCode);
    }

    /// <summary>Nine digits at least: an area code is there. An extension may follow.</summary>
    private static bool IsPhone(string text) => text.Count(char.IsAsciiDigit) is >= 9 and <= 20 && !text.Contains('@', StringComparison.Ordinal);

    private static List<LineReading> ReadLines(HearingAnswers answers, HearingRules rules, FaultList faults)
    {
        List<LineReading> readings =
            [.. answers.Lines.Select(static (line, index) => (Line: line, Row: index + 1))
                .Where(static each => !IsBlank(each.Line))
                .Select(each => LineReader.Read(each.Line, each.Row, rules.AllowedLabRanges, accessRequired: true))];
        if (readings.Count == 0) faults.Add("lines-missing", HearingField.Lines);

        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var addresses = new Dictionary<IPAddress, LineRef>();
        for (var at = 0; at < readings.Count; at++)
        {
            var reading = readings[at];
            if (reading.Answers.Id.Length == 0) faults.Add("line-id-missing", reading.Ref, HearingField.LineId);
            else if (!ids.Add(reading.Answers.Id)) faults.Add("line-id-twice", reading.Ref, HearingField.LineId);
            readings[at] = WithAddressOnce(reading, addresses);
        }

        return readings;
    }

    /// <summary>An address belongs to one line: the second line that names it is asked about.</summary>
    private static LineReading WithAddressOnce(LineReading reading, Dictionary<IPAddress, LineRef> addresses)
    {
        var scannable = reading.MayGoOn && reading.Line is { AddressProvided: Provided.Yes, Address: not null };
        if (!scannable || addresses.TryAdd(reading.Line.Address!, reading.Ref)) return reading;
        if (reading.Triage is { No: null, Decision: not Triage.Decision.Incomplete }) return reading;
        var fault = new FaultList();
        fault.Add("address-twice", reading.Ref, HearingField.Address, reading.Answers.Address, addresses[reading.Line.Address!].Shown);
        return reading.With(fault.All[0]);
    }

    private static void AddVendorLineFaults(IReadOnlyList<VendorRow> vendors, IReadOnlyList<LineAnswers> lines, FaultList faults)
    {
        foreach (var row in vendors)
        {
            if (row.Answer.LineId.Length == 0) faults.Add("vendor-line-missing", HearingField.VendorLineId, other: row.Place);
            else if (!lines.Any(line => IsSame(line.Id, row.Answer.LineId))) faults.Add("vendor-line-unknown", HearingField.VendorLineId, row.Answer.LineId, row.Place);
        }
    }

    private static void AddSilenceFaults(HearingAnswers answers, LineReading[] goingOn, List<Line> lines, FaultList faults)
    {
        var ids = goingOn.Select(static reading => reading.Line.Id).ToHashSet();
        var monitored = lines.Where(line => line.Monitored && ids.Contains(line.Id)).Select(static line => line.Id).ToList();
        if (monitored.Count == 0) return;

        var requested = Choices.Read<Requested>(answers.SilenceRequest);
        if (answers.SilenceRequest.Length == 0) faults.Add("silence-blank", HearingField.SilenceRequest);
        else if (requested is null) faults.Add("silence-unknown", HearingField.SilenceRequest, answers.SilenceRequest);
        else if (requested is Requested.No)
            faults.Add("silence-refused", HearingField.SilenceRequest, other: FaultTexts.Join(goingOn.Where(reading => monitored.Contains(reading.Line.Id)).Select(static reading => reading.Ref.Shown)));
    }

    private static void AddAllAvoidedFault(IReadOnlyList<Period> windows, IReadOnlyList<Period> avoids, HearingRules rules, FaultList faults)
    {
        var toCome = windows.Where(window => window.End > rules.Now).ToList();
        if (toCome.Count > 0 && WindowPlanner.Subtract(toCome, avoids).Count == 0) faults.Add("windows-all-avoided", HearingField.CandidateWindows);
    }

    private static bool IsSame(string id, string other) => id.Length > 0 && string.Equals(id, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>A row of the table that nobody filled in; kintone shows one to begin with.</summary>
    private static bool IsBlank(LineAnswers line) => line with { AccountChecks = "" } == new LineAnswers();
}
