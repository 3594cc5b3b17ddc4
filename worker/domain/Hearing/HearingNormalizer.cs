namespace VulnDiag.Domain.Hearing;

/// <summary>Tidies answers where that is not guessing. What the hospital typed stays in its record; only our copy is tidied.</summary>
/// <remarks>
/// Pure and idempotent for any text. Names of people, hospitals, lines and devices are trimmed only, as they are printed as they were typed;
/// codes, choices, addresses, names of hosts, mail addresses and phone numbers are brought to form KC. Source: SPEC "The hearing".
/// </remarks>
public static class HearingNormalizer
{
    /// <summary>The answers, tidied.</summary>
    public static HearingAnswers Normalize(HearingAnswers answers) => answers with
    {
        HospitalName = TextFolding.Trim(answers.HospitalName),
        HospitalCode = Code(answers.HospitalCode),
        Prefecture = TextFolding.Tidy(answers.Prefecture),
        ContactName = TextFolding.Trim(answers.ContactName),
        ContactPost = TextFolding.Trim(answers.ContactPost),
        ContactMail = Mail(answers.ContactMail),
        ContactPhone = Phone(answers.ContactPhone),
        SilenceRequest = TextFolding.Tidy(answers.SilenceRequest),
        Lines = [.. answers.Lines.Select(Normalize)],
        Vendors = [.. answers.Vendors.Select(Normalize)],
        CandidateWindows = [.. answers.CandidateWindows.Select(Normalize)],
        TimesToAvoid = [.. answers.TimesToAvoid.Select(Normalize)],
        SameDayConfirmations = [.. answers.SameDayConfirmations.Select(Normalize)],
    };

    /// <summary>One line, tidied.</summary>
    public static LineAnswers Normalize(LineAnswers line) => line with
    {
        Id = TextFolding.Tidy(line.Id),
        Name = TextFolding.Trim(line.Name),
        GlobalIp = TextFolding.Tidy(line.GlobalIp),
        Communication = TextFolding.Tidy(line.Communication),
        Access = TextFolding.Tidy(line.Access),
        Addressing = TextFolding.Tidy(line.Addressing),
        AddressProvided = TextFolding.Tidy(line.AddressProvided),
        Address = Address(line.Address),
        FqdnProvided = TextFolding.Tidy(line.FqdnProvided),
        Fqdn = TextFolding.Settle(line.Fqdn, FqdnReader.Normalize),
        DeviceKind = TextFolding.Trim(line.DeviceKind),
        Maker = TextFolding.Trim(line.Maker),
        Model = TextFolding.Trim(line.Model),
        MedicalRecords = TextFolding.Tidy(line.MedicalRecords),
        Monitored = TextFolding.Tidy(line.Monitored),
        SelfManaged = TextFolding.Tidy(line.SelfManaged),
        ConsentGiver = TextFolding.Trim(line.ConsentGiver),
        ConsentPost = TextFolding.Trim(line.ConsentPost),
        AccountChecks = TextFolding.Tidy(line.AccountChecks),
    };

    /// <summary>A mail address, tidied: the form in which vendors are told apart.</summary>
    public static string Mail(string typed) => TextFolding.Settle(typed, MailAddressReader.Normalize);

    private static VendorAnswer Normalize(VendorAnswer vendor) => new(
        TextFolding.Tidy(vendor.LineId),
        TextFolding.Tidy(vendor.Role),
        TextFolding.Trim(vendor.Company),
        TextFolding.Trim(vendor.Person),
        Mail(vendor.Mail));

    private static PeriodAnswer Normalize(PeriodAnswer period) => period with { Reason = TextFolding.Trim(period.Reason) };

    private static SameDayAnswer Normalize(SameDayAnswer answer) => answer with
    {
        LineId = TextFolding.Tidy(answer.LineId),
        Address = Address(answer.Address),
        ConfirmedBy = TextFolding.Trim(answer.ConfirmedBy),
    };

    private static string Address(string typed) => TextFolding.Settle(typed, static text => AddressReader.Canonical(TextFolding.WithDots(TextFolding.Tidy(text))));

    /// <summary>Spaces and hyphens between digits carry nothing.</summary>
    private static string Code(string typed) => TextFolding.Settle(typed, static text =>
        string.Concat(TextFolding.WithHyphens(TextFolding.Tidy(text)).Where(static each => each != '-' && !char.IsWhiteSpace(each))));

    private static string Phone(string typed) => TextFolding.Settle(typed, static text => TextFolding.WithHyphens(TextFolding.Tidy(text)));
}
