using VulnDiag.Domain.Data;

namespace VulnDiag.Domain.Hearing;

/// <summary>The fields that the hospital answers. Codes and labels stand in fields.ja.csv.</summary>
internal enum HearingField
{
    HospitalName,
    HospitalCode,
    Prefecture,
    ContactName,
    ContactMail,
    ContactPhone,
    SilenceRequest,
    Lines,
    LineId,
    GlobalIp,
    Communication,
    Access,
    Addressing,
    AddressProvided,
    Address,
    FqdnProvided,
    Fqdn,
    DeviceKind,
    Maker,
    Model,
    MedicalRecords,
    Monitored,
    SelfManaged,
    ConsentGiver,
    ConsentPost,
    ConsentDate,
    AccountChecks,
    Vendors,
    VendorLineId,
    VendorRole,
    VendorCompany,
    VendorMail,
    CandidateWindows,
    WindowStart,
    WindowEnd,
    TimesToAvoid,
    AvoidStart,
    AvoidEnd,
    ConfirmedLineId,
    ConfirmedAddress,
    ConfirmedAt,
}

/// <summary>Field codes (as in kintone) and labels (as on the hospital's page).</summary>
internal static class HearingFields
{
    private static readonly Dictionary<HearingField, (string Code, string Label)> Rows =
        EmbeddedCsv.Rows("Hearing.fields.ja.csv").ToDictionary(
            static row => Enum.Parse<HearingField>(row["field"]),
            static row => (row["code"], row["label"]));

    internal static string Code(this HearingField field) => Rows[field].Code;

    internal static string Label(this HearingField field) => Rows[field].Label;
}
