using System.Security.Cryptography;
using VulnDiag.Model;

namespace VulnDiag.Worker.Store;

/// <summary>One line of the audit log. Its hash covers everything before it, so nothing in between can be changed, taken out or put in.</summary>
internal sealed record AuditEntry
{
    internal const string NoPrevious = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>1 or more, without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>When, in UTC.</summary>
    public required string At { get; init; }

    /// <summary>What happened, such as <c>moved</c> or <c>mail-sent</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it happened to: an engagement's number, an effect's key, an address.</summary>
    public required string Subject { get; init; }

    /// <summary>More of it; no personal data, no mail body, no secret.</summary>
    public required string Detail { get; init; }

    /// <summary>Hash of the entry before, in lower-case hexadecimal.</summary>
    public required string Previous { get; init; }

    /// <summary>SHA-256 of this entry without this member, in lower-case hexadecimal.</summary>
    public string Hash { get; init; } = "";

    internal AuditEntry Sealed() => this with { Hash = Reckon() };

    internal bool IsIntact() => Hash == Reckon();

    private string Reckon() => Convert.ToHexStringLower(SHA256.HashData(Json.Utf8.GetBytes(Json.Write(this with { Hash = "" }))));
}
