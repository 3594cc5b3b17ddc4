using VulnDiag.Domain.Scheduling;

namespace VulnDiag.Domain.Hearing;

/// <summary>What a line that goes on needs beside its triage answers: device, vendors, monitoring, consent.</summary>
internal static class LineNeeds
{
    /// <summary>The whole line, and what it lacks.</summary>
    /// <param name="reading">The line's triage answers.</param>
    /// <param name="vendors">Every row of the vendor table that names this line.</param>
    /// <param name="now">For consent in the future.</param>
    internal static (Line Line, IReadOnlyList<HearingFault> Faults) Read(LineReading reading, IReadOnlyList<VendorRow> vendors, DateTimeOffset now)
    {
        var faults = new FaultList();
        var choices = new ChoiceReader(reading.Ref, faults);
        AddBlanks(reading, faults);
        var line = reading.Line with
        {
            MedicalRecords = choices.Read<YesNoUnknown>(HearingField.MedicalRecords, reading.Answers.MedicalRecords),
            MonitoredAnswer = choices.Read<YesNoUnknown>(HearingField.Monitored, reading.Answers.Monitored),
            Vendors = VendorReader.Read(vendors, reading.Ref, faults),
        };
        AddVendorFaults(line, vendors, reading.Ref, faults);
        line = line with { Consent = ReadConsent(reading.Answers, reading.Ref, now, faults) };
        return (line, reading.MayGoOn ? faults.All : []);
    }

    private static void AddBlanks(LineReading reading, FaultList faults)
    {
        (HearingField, string)[] fields =
            [(HearingField.DeviceKind, reading.Answers.DeviceKind), (HearingField.Maker, reading.Answers.Maker), (HearingField.Model, reading.Answers.Model)];
        foreach (var (field, text) in fields)
        {
            if (text.Length == 0) faults.Add("device-missing", reading.Ref, field);
        }
    }

    private static void AddVendorFaults(Line line, IReadOnlyList<VendorRow> vendors, LineRef reference, FaultList faults)
    {
        if (line.SelfManaged) return;
        if (vendors.Count == 0) faults.Add("vendors-missing", reference, HearingField.Vendors);
        else if (line.MonitoredAnswer is YesNoUnknown.Yes && vendors.All(static row => Choices.Read<VendorRole>(row.Answer.Role) is not (null or VendorRole.Monitoring)))
            faults.Add("monitoring-vendor-missing", reference, HearingField.Vendors);
    }

    private static Consent? ReadConsent(LineAnswers answers, LineRef reference, DateTimeOffset now, FaultList faults)
    {
        var accountChecks = new ChoiceReader(reference, faults).Read<Permitted>(HearingField.AccountChecks, answers.AccountChecks, required: false);
        if (answers is { ConsentGiver.Length: 0, ConsentPost.Length: 0, ConsentDate: null })
        {
            faults.Add("consent-missing", reference, HearingField.ConsentGiver);
            return null;
        }

        if (answers.ConsentGiver.Length == 0) faults.Add("consent-part-missing", reference, HearingField.ConsentGiver);
        if (answers.ConsentPost.Length == 0) faults.Add("consent-part-missing", reference, HearingField.ConsentPost);
        if (answers.ConsentDate is not { } date)
        {
            faults.Add("consent-part-missing", reference, HearingField.ConsentDate);
            return null;
        }

        if (date > Jst.DayOf(now)) faults.Add("consent-future", reference, HearingField.ConsentDate, Jst.Text(date));
        return answers.ConsentGiver.Length == 0 || answers.ConsentPost.Length == 0
            ? null
            : new Consent(answers.ConsentGiver, answers.ConsentPost, date, accountChecks is Permitted.Yes);
    }
}
