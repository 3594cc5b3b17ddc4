using VulnDiag.Domain;
using VulnDiag.Domain.Mailing;

namespace VulnDiag.Mail.Incoming;

/// <summary>A mail of ours that its recipient may answer.</summary>
public sealed record AskedRequest
{
    /// <summary>The engagement that it is about.</summary>
    public required EngagementId Engagement { get; init; }

    /// <summary>What was asked; for a reminder, the kind of the request that it reminds of.</summary>
    public required MailKind Kind { get; init; }

    /// <summary>As in the subject: <c>VD-000123-SIL</c>.</summary>
    public required string Reference { get; init; }

    /// <summary>Our Message-ID, without angle brackets.</summary>
    public required string MessageId { get; init; }

    /// <summary>Message-ID of the day's mail that carried it together with others; empty where it went out alone.</summary>
    public string CarriedBy { get; init; } = "";

    /// <summary>Lower-case address that was asked.</summary>
    public required string Address { get; init; }

    /// <summary>The lines that it was about; none for the engagement as a whole.</summary>
    public IReadOnlyList<LineId> Lines { get; init; } = [];

    /// <summary>What was asked about each line; none where nothing was to be answered.</summary>
    public IReadOnlyList<LineQuestion> Questions { get; init; } = [];

    /// <summary>The request that an order makes.</summary>
    /// <param name="engagement">The engagement that the order is about.</param>
    /// <param name="order">The order.</param>
    /// <param name="texts">The same settings as the mail was composed with.</param>
    public static AskedRequest Of(EngagementId engagement, MailOrder order, MailTexts texts)
    {
        var reference = References.Of(engagement, order);
        return new AskedRequest
        {
            Engagement = engagement,
            Kind = order.About ?? order.Kind,
            Reference = reference,
            MessageId = MessageIds.Of(order.Key, reference, texts.From),
            Address = order.To.Audience is Audience.Coordinator ? texts.CoordinatorMail : order.To.Mail,
            Lines = order.Lines,
            Questions = order.Questions,
        };
    }
}
