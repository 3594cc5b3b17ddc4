using System.Globalization;

namespace VulnDiag.Domain.Hearing;

/// <summary>A row of the vendor table that is not blank.</summary>
/// <param name="Answer">Normalised.</param>
/// <param name="Row">Place in the table, from 1.</param>
internal sealed record VendorRow(VendorAnswer Answer, int Row)
{
    internal string Place => Row.ToString(CultureInfo.InvariantCulture);

    internal static IReadOnlyList<VendorRow> Of(IReadOnlyList<VendorAnswer> answers) =>
        [.. answers.Select(static (answer, index) => new VendorRow(answer, index + 1)).Where(static row => !IsBlank(row.Answer))];

    private static bool IsBlank(VendorAnswer answer) =>
        answer is { LineId.Length: 0, Role.Length: 0, Company.Length: 0, Person.Length: 0, Mail.Length: 0 };
}

/// <summary>Reads the vendors of one line.</summary>
internal static class VendorReader
{
    /// <summary>The vendors that could be read whole, each once; the rest are faults of the line.</summary>
    internal static IReadOnlyList<Vendor> Read(IReadOnlyList<VendorRow> rows, LineRef line, FaultList faults)
    {
        var vendors = new List<Vendor>();
        foreach (var row in rows)
        {
            if (Read(row, line, faults) is { } vendor && !vendors.Exists(each => each.Role == vendor.Role && each.Mail == vendor.Mail)) vendors.Add(vendor);
        }

        return vendors;
    }

    private static Vendor? Read(VendorRow row, LineRef line, FaultList faults)
    {
        var answer = row.Answer;
        var role = Choices.Read<VendorRole>(answer.Role);
        if (answer.Role.Length == 0) faults.Add("vendor-role-blank", line, HearingField.VendorRole, other: row.Place);
        else if (role is null) faults.Add("vendor-role-unknown", line, HearingField.VendorRole, answer.Role, row.Place);
        if (answer.Company.Length == 0) faults.Add("vendor-company-missing", line, HearingField.VendorCompany, other: row.Place);

        var mailIsValid = MailAddressReader.IsValid(answer.Mail);
        if (answer.Mail.Length == 0) faults.Add("vendor-mail-missing", line, HearingField.VendorMail, other: row.Place);
        else if (!mailIsValid) faults.Add("vendor-mail-bad", line, HearingField.VendorMail, answer.Mail, row.Place);

        return role is { } known && mailIsValid && answer.Company.Length > 0
            ? new Vendor(known, answer.Company, answer.Person, answer.Mail)
            : null;
    }
}
