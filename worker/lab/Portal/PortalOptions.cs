namespace VulnDiag.Lab.Portal;

/// <summary>How the portal's pages run.</summary>
public sealed record PortalOptions
{
    /// <summary>The clock of sessions and of the login throttle. A browser lives in real time, also when the tenant's clock jumps.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A folder with a Maildir per address, to be shown to whoever has <see cref="MailKey"/>; null shows no mail.</summary>
    public string? MailFolder { get; init; }

    /// <summary>The word that opens the mail pages, at least 16 letters. They are no part of kintone and know none of its users.</summary>
    public string MailKey { get; init; } = "";
}
