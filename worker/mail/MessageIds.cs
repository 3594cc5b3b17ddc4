using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using VulnDiag.Domain;
using VulnDiag.Domain.Mailing;
using VulnDiag.Model.Text;

namespace VulnDiag.Mail;

/// <summary>Our Message-IDs: <c>vd.000123.SIL.HASH@domain</c>. They tell the reference by themselves; the hash is of the order's key.</summary>
/// <remarks>Source: RFC 5322 section 3.6.4 (a Message-ID is unique and means one message). The key holds a mail address, so it is hashed, not shown.</remarks>
public static partial class MessageIds
{
    private const int HashBytes = 12;

    /// <summary>The Message-ID of an order, without angle brackets.</summary>
    /// <param name="key">The order's key.</param>
    /// <param name="reference">Such as <c>VD-000123-SIL</c>.</param>
    /// <param name="from">Our address; its domain ends the id.</param>
    public static string Of(string key, string reference, string from)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, HashBytes));
        var domain = from[(from.LastIndexOf('@') + 1)..].ToLowerInvariant();
        return $"vd.{reference[3..].Replace('-', '.')}.{hash}@{domain}";
    }

    /// <summary>The Message-ID of a vendor's mail of a day, without angle brackets; it tells no single reference.</summary>
    /// <param name="vendorMail">The vendor.</param>
    /// <param name="until">Until when its requests were collected.</param>
    /// <param name="keys">The keys of the orders that it carries: another mail for the same vendor and time is another mail, the same requests gathered anew are not.</param>
    /// <param name="from">Our address; its domain ends the id.</param>
    public static string OfDigest(string vendorMail, DateTimeOffset until, IEnumerable<string> keys, string from)
    {
        var time = until.ToUniversalTime().ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{time}:{vendorMail}:{string.Join('\n', keys.Order(StringComparer.Ordinal))}")).AsSpan(0, HashBytes));
        return $"vd.digest.{time}.{hash}@{from[(from.LastIndexOf('@') + 1)..].ToLowerInvariant()}";
    }

    /// <summary>The reference that a Message-ID of ours tells, or null when it is none of ours.</summary>
    public static string? ReferenceOf(string messageId)
    {
        var match = Ours().Match(messageId);
        return match.Success ? References.TryRead($"VD-{match.Groups[1].Value}-{match.Groups[2].Value}") : null;
    }

    /// <summary>True for the id of a vendor's mail of a day.</summary>
    public static bool IsDigest(string messageId) => Digest().IsMatch(messageId);

    [GeneratedRegex(@"^<?vd\.digest\.[0-9]{12}\.[0-9a-f]+@[^@\s]+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Digest();

    [GeneratedRegex(@"^<?vd\.([0-9]{6,18})\.([A-Za-z]{3})\.[^@\s]+@[^@\s]+$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Ours();
}

/// <summary>References: <c>VD-000123-SIL</c>, an engagement and a kind of mail.</summary>
public static partial class References
{
    /// <summary>The reference of a mail: a reminder or a withdrawal carries that of the request it is about.</summary>
    public static string Of(EngagementId engagement, MailOrder order) => MailKinds.Reference(engagement, order.About ?? order.Kind);

    /// <summary>The first reference in a text, normalised (NFKC, upper case, no brackets), or null.</summary>
    public static string? TryRead(string text)
    {
        foreach (Match match in Pattern().Matches(Nfkc.Normalize(text)))
        {
            if (MailKinds.FromCode(match.Groups[2].Value) is not null) return match.Value.ToUpperInvariant();
        }

        return null;
    }

    /// <summary>Takes a normalised reference apart.</summary>
    /// <returns>Null when it is not one.</returns>
    public static (EngagementId Engagement, MailKind Kind)? Parse(string reference)
    {
        var match = Pattern().Match(reference);
        if (!match.Success || MailKinds.FromCode(match.Groups[2].Value) is not { } kind) return null;
        return (new EngagementId(long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)), kind);
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9])VD-([0-9]{6,18})-([A-Z]{3})(?![A-Za-z0-9])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
