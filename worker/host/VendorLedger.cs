using VulnDiag.Kintone.Stores;

namespace VulnDiag.Worker;

/// <summary>ベンダ台帳 as last read: which vendors want one mail a day. Read every quarter of an hour; a change concerns mails to come.</summary>
internal sealed class VendorLedger(VendorStore store, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);
    private DateTimeOffset? _readAt;

    internal IReadOnlySet<string> DigestVendors { get; private set; } = new HashSet<string>(StringComparer.Ordinal);

    internal async Task RefreshIfDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_readAt is { } at && now - at < Fresh) return;
        var rows = await store.LoadAsync(cancellationToken);
        DigestVendors = rows.Where(static row => row.Digest).Select(static row => row.Mail).ToHashSet(StringComparer.Ordinal);
        _readAt = now;
    }
}
