using System.Net;
using VulnDiag.Domain.Triage;

namespace VulnDiag.Domain.Hearing;

/// <summary>A line as read, with what its own triage answers lack.</summary>
/// <param name="Answers">Normalised.</param>
/// <param name="Line">As far as it could be read, without vendors.</param>
/// <param name="Ref">How faults name it.</param>
/// <param name="Faults">Faults of the answers that triage looks at; empty where triage does not look at them.</param>
/// <param name="Triage">What these answers come to.</param>
internal sealed record LineReading(LineAnswers Answers, Line Line, LineRef Ref, IReadOnlyList<HearingFault> Faults, TriageResult Triage)
{
    /// <summary>True when the line may still be scanned once it goes on, so that vendors, consent and the rest are needed.</summary>
    internal bool MayGoOn => Line.GlobalIp is YesNoUnknown.Yes && Triage.Decision is not Decision.No;

    /// <summary>The same line with another fault in its triage answers.</summary>
    internal LineReading With(HearingFault fault)
    {
        HearingFault[] faults = [.. Faults, fault];
        return this with { Faults = faults, Triage = TriageTable.Decide(Line, faults) };
    }
}

/// <summary>Reads the triage answers of a line.</summary>
/// <remarks>Which faults matter depends on the path: rows 17 to 19, わからない and a shared address ask for nothing more. Source: SPEC "Triage".</remarks>
internal static class LineReader
{
    /// <param name="answers">Normalised answers.</param>
    /// <param name="row">Place in the table, from 1.</param>
    /// <param name="allowedLabRanges">Ranges taken for global.</param>
    /// <param name="accessRequired">False where the access technology may be left blank.</param>
    internal static LineReading Read(LineAnswers answers, int row, IReadOnlyList<IPNetwork> allowedLabRanges, bool accessRequired)
    {
        var reference = LineRef.Of(answers, row);
        var faults = new FaultList();
        var choices = new ChoiceReader(reference, faults);
        var line = new Line
        {
            Id = new LineId(answers.Id),
            Name = answers.Name,
            GlobalIp = choices.Read<YesNoUnknown>(HearingField.GlobalIp, answers.GlobalIp),
            Communication = choices.Read<Communication>(HearingField.Communication, answers.Communication),
            Access = choices.Read<AccessTechnology>(HearingField.Access, answers.Access, required: accessRequired),
            Addressing = choices.Read<Addressing>(HearingField.Addressing, answers.Addressing),
            AddressProvided = choices.Read<Provided>(HearingField.AddressProvided, answers.AddressProvided),
            Address = AddressReader.Read(answers.Address) is { IsIPv4MappedToIPv6: false } address ? address : null,
        };
        AddAddressFault(line, answers.Address, allowedLabRanges, reference, faults);

        var fqdnProvided = choices.Read<Provided>(HearingField.FqdnProvided, answers.FqdnProvided);
        var fqdnFault = AddFqdnFault(fqdnProvided, answers.Fqdn, allowedLabRanges.Count > 0, reference, faults);
        line = line with
        {
            FqdnProvided = fqdnProvided,
            Fqdn = fqdnFault is null && answers.Fqdn.Length > 0 ? answers.Fqdn : null,
            DeviceKind = answers.DeviceKind,
            Maker = answers.Maker,
            Model = answers.Model,
            SelfManaged = answers.SelfManaged.Length > 0,
        };

        var result = TriageTable.Decide(line, faults.All);
        return new LineReading(answers, line, reference, result.Decision is Decision.Incomplete ? faults.All : [], result);
    }

    private static void AddAddressFault(Line line, string text, IReadOnlyList<IPNetwork> allowedLabRanges, LineRef reference, FaultList faults)
    {
        var code = (line.AddressProvided, text.Length) switch
        {
            (Provided.Yes, 0) => "address-missing",
            (_, 0) => null,
            (Provided.No, _) => "address-not-provided",
            _ => AddressReader.FaultOf(text, allowedLabRanges),
        };
        if (code is not null) faults.Add(code, reference, HearingField.Address, text);
    }

    private static string? AddFqdnFault(Provided? provided, string text, bool laboratory, LineRef reference, FaultList faults)
    {
        var code = (provided, text.Length) switch
        {
            (Provided.Yes, 0) => "fqdn-missing",
            (_, 0) => null,
            (Provided.No, _) => "fqdn-not-provided",
            _ => FqdnReader.FaultOf(text, laboratory),
        };
        if (code is not null) faults.Add(code, reference, HearingField.Fqdn, text);
        return code;
    }
}
