using Newtonsoft.Json.Linq;
using VulnDiag.Domain.Hearing;
using static VulnDiag.Kintone.Mapping.EngagementField;

namespace VulnDiag.Kintone.Mapping;

/// <summary>The hospital's answers out of a record of 案件, exactly as typed. Read only: nothing here is ever written by us.</summary>
internal static class HearingMapping
{
    internal static HearingAnswers Read(JObject record)
    {
        var fields = new FieldReader<EngagementField>(record);
        return new HearingAnswers
        {
            HospitalName = fields.Text(HospitalName),
            HospitalCode = fields.Text(HospitalCode),
            Prefecture = fields.Text(Prefecture),
            ContactName = fields.Text(ContactName),
            ContactPost = fields.Text(ContactPost),
            ContactMail = fields.Text(ContactMail),
            ContactPhone = fields.Text(ContactPhone),
            SilenceRequest = fields.Text(SilenceRequest),
            Lines = [.. fields.Rows(Lines).Select(Line)],
            Vendors = [.. fields.Rows(Vendors).Select(static row => new VendorAnswer(
                row.Text(VendorLineId), row.Text(EngagementField.VendorRole), row.Text(VendorCompany), row.Text(VendorPerson), row.Text(VendorMail)))],
            CandidateWindows = [.. fields.Rows(CandidateWindows).Select(static row => new PeriodAnswer(row.Time(CandidateStart), row.Time(CandidateEnd)))],
            TimesToAvoid = [.. fields.Rows(TimesToAvoid).Select(static row => new PeriodAnswer(row.Time(AvoidStart), row.Time(AvoidEnd), row.Text(AvoidReason)))],
            SameDayConfirmations = [.. fields.Rows(SameDayConfirmations).Select(static row => new SameDayAnswer(
                row.Text(SameDayLineId), row.Text(SameDayAddress), row.Time(SameDayConfirmedAt), row.Text(SameDayConfirmedBy)))],
        };
    }

    private static LineAnswers Line(FieldReader<EngagementField> row) => new()
    {
        Id = row.Text(EngagementField.LineId),
        Name = row.Text(LineName),
        GlobalIp = row.Text(GlobalIp),
        Communication = row.Text(EngagementField.Communication),
        Access = row.Text(Access),
        Addressing = row.Text(EngagementField.Addressing),
        AddressProvided = row.Text(AddressProvided),
        Address = row.Text(Address),
        FqdnProvided = row.Text(FqdnProvided),
        Fqdn = row.Text(Fqdn),
        DeviceKind = row.Text(DeviceKind),
        Maker = row.Text(Maker),
        Model = row.Text(EngagementField.Model),
        MedicalRecords = row.Text(MedicalRecords),
        Monitored = row.Text(Monitored),
        SelfManaged = string.Join(' ', row.Choices(SelfManaged)),
        ConsentGiver = row.Text(ConsentGiver),
        ConsentPost = row.Text(ConsentPost),
        ConsentDate = row.Date(ConsentDate),
        AccountChecks = row.Text(AccountChecks),
    };
}
