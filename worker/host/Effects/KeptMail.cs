using VulnDiag.Mail;
using VulnDiag.Model;

namespace VulnDiag.Worker.Effects;

/// <summary>A mail as composed once and kept in the outbox, so that every attempt sends the same bytes.</summary>
internal sealed record KeptMail(string MessageId, string Reference, string From, string To, string Subject, string Text, byte[] Raw)
{
    internal static KeptMail Of(OutgoingMail mail) => new(mail.MessageId, mail.Reference, mail.From, mail.To, mail.Subject, mail.Text, mail.Raw.ToArray());

    internal static KeptMail Read(byte[] bytes) => Json.Read<KeptMail>(Json.Utf8.GetString(bytes));

    internal byte[] ToBytes() => Json.Utf8.GetBytes(Json.Write(this));

    /// <summary>What a transport needs of it.</summary>
    internal OutgoingMail ToSend() => new(MessageId, Reference, From, To, Subject, Text, Html: "", Calendars: [], Raw);
}
