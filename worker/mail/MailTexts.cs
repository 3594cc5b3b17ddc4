using System.Net;

namespace VulnDiag.Mail;

/// <summary>What every mail says of the operator. The host fills it from appsettings.json.</summary>
public sealed record MailTexts
{
    /// <summary>Name of the operator, as hospitals and vendors know it.</summary>
    public required string OperatorName { get; init; }

    /// <summary>Address that mails come from. Its domain also ends our Message-IDs.</summary>
    public required string From { get; init; }

    /// <summary>Address that answers go to: the mailbox that the worker reads.</summary>
    public required string ReplyTo { get; init; }

    /// <summary>Where escalations go.</summary>
    public required string CoordinatorMail { get; init; }

    /// <summary>Phone number for urgent questions, or empty.</summary>
    public string Phone { get; init; } = "";

    /// <summary>The hospital's page of its record; <c>{record}</c> stands for the record number.</summary>
    public required string PortalUrl { get; init; }

    /// <summary>The addresses that scans come from, as vendors are told.</summary>
    public IReadOnlyList<IPAddress> SourceAddresses { get; init; } = [];
}
