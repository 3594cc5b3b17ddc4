using VulnDiag.Domain;
using VulnDiag.Domain.Facts;

namespace VulnDiag.Mail.Incoming;

/// <summary>What an inbound mail proposes. It changes nothing by itself.</summary>
public abstract record ReplyProposal
{
    /// <summary>A filled-in answer form from the address that was asked.</summary>
    /// <param name="Request">The request that it answers.</param>
    /// <param name="Question">What had been asked.</param>
    /// <param name="Lines">Every line of the request, in its order.</param>
    /// <param name="Complete">Every line has an answer.</param>
    /// <param name="Certain">Nothing in it leaves a doubt. Only a complete and certain answer may be applied without the coordinator.</param>
    public sealed record ProposedAnswer(AskedRequest Request, VendorQuestion Question, IReadOnlyList<LineReply> Lines, bool Complete, bool Certain) : ReplyProposal;

    /// <summary>Belongs to a request and is kept with it, but answers nothing by itself: free text, an auto-reply, a calendar answer, a receipt.</summary>
    /// <param name="Request">The request.</param>
    public sealed record Attached(AskedRequest Request) : ReplyProposal;

    /// <summary>A mail of ours did not arrive.</summary>
    /// <param name="Request">The request.</param>
    /// <param name="ForGood">False while it is still being tried.</param>
    public sealed record Undelivered(AskedRequest Request, bool ForGood) : ReplyProposal;

    /// <summary>Somebody who was asked says 中止 or STOP.</summary>
    /// <param name="Targets">What it is about: the engagement that the mail names, or all that its sender was asked about.</param>
    /// <param name="Words">The new text.</param>
    public sealed record StopRequested(IReadOnlyList<StopTarget> Targets, string Words) : ReplyProposal;

    /// <summary>Moves nothing: to be shown to the coordinator.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Near">The request that it names, although it is not its sender's to answer; or null.</param>
    public sealed record NotAsked(NotAskedReason Reason, AskedRequest? Near) : ReplyProposal;
}

/// <summary>Why a mail moves nothing.</summary>
public enum NotAskedReason
{
    /// <summary>It names no request of ours.</summary>
    NoRequest,

    /// <summary>Its sender was not asked what it answers.</summary>
    SenderNotAsked,
}

/// <summary>The answer about one line.</summary>
/// <param name="Line">Which.</param>
/// <param name="Reply">Yes, no, or null where none can be read.</param>
/// <param name="Remark">Remark, or what was written in place of an answer; or empty.</param>
/// <param name="AboutHash">What the question was about.</param>
public sealed record LineReply(LineId Line, VendorReply? Reply, string Remark, string AboutHash);

/// <summary>What a STOP is about.</summary>
/// <param name="Engagement">The engagement.</param>
/// <param name="Lines">The lines that its sender was asked about; none for all of them.</param>
public sealed record StopTarget(EngagementId Engagement, IReadOnlyList<LineId> Lines);
