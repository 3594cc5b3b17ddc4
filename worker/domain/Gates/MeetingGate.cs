using VulnDiag.Domain.Facts;
using VulnDiag.Domain.Hearing;

namespace VulnDiag.Domain.Gates;

/// <summary>The meeting (打合せ): an outcome counts only for the answers that it was about.</summary>
/// <remarks>Source: SPEC "Triage", △ meeting.</remarks>
public static class MeetingGate
{
    /// <summary>The outcome that holds for the line's present answers, or null while the meeting is open.</summary>
    public static MeetingOutcome? OutcomeFor(Line line, LineFacts facts) =>
        facts.Meeting is not null && facts.MeetingHash == AnswersHash.OfLine(line) ? facts.Meeting : null;

    /// <summary>Binds outcomes that were just recorded to the answers that stand beside them, and opens those whose answers have changed since.</summary>
    public static LineFacts Bind(Line line, LineFacts facts)
    {
        if (facts.Meeting is null) return facts with { MeetingHash = "" };
        var now = AnswersHash.OfLine(line);
        if (facts.MeetingHash.Length == 0) return facts with { MeetingHash = now };
        return facts.MeetingHash == now ? facts : facts with { Meeting = null, MeetingHash = "" };
    }

    /// <summary>What a 実施可 line still lacks before it can be scanned, as a sentence for the coordinator; null when nothing.</summary>
    public static string? MissingAfterMeeting(Line line)
    {
        if (line.GlobalIp is not YesNoUnknown.Yes) return Texts.Of("meeting-global-ip-unknown");
        if (line.Address is null && line.Addressing is Addressing.Fixed) return Texts.Of("meeting-address-missing");
        return null;
    }
}
