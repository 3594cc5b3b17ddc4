using VulnDiag.Kintone.Client;
using VulnDiag.Kintone.Mapping;

namespace VulnDiag.Kintone.Stores;

/// <summary>Reads 除外リスト.</summary>
/// <remarks>Thread-safe. Failures come as <see cref="KintoneException"/> and <see cref="RecordShapeException"/>.</remarks>
public sealed class ExclusionStore
{
    private readonly KintoneClient _client;
    private readonly long _app;

    /// <summary>Makes a store.</summary>
    public ExclusionStore(KintoneClient client, KintoneAppIds apps)
    {
        _client = client;
        _app = apps.Exclusion;
    }

    /// <summary>Every row, also those that do not read as a range: an unreadable one must not be taken for none.</summary>
    public async Task<IReadOnlyList<Exclusion>> LoadAsync(CancellationToken cancellationToken)
    {
        var rows = new List<Exclusion>();
        await foreach (var record in _client.Records.AllAsync(_app, KintoneQuery.All, [], cancellationToken)) rows.Add(ExclusionMapping.Read(record));
        return rows;
    }
}

/// <summary>Reads ベンダ台帳.</summary>
/// <remarks>Thread-safe. Failures come as <see cref="KintoneException"/> and <see cref="RecordShapeException"/>.</remarks>
public sealed class VendorStore
{
    private readonly KintoneClient _client;
    private readonly long _app;

    /// <summary>Makes a store.</summary>
    public VendorStore(KintoneClient client, KintoneAppIds apps)
    {
        _client = client;
        _app = apps.Vendor;
    }

    /// <summary>Every vendor with a mail address.</summary>
    public async Task<IReadOnlyList<VendorEntry>> LoadAsync(CancellationToken cancellationToken)
    {
        var rows = new List<VendorEntry>();
        await foreach (var record in _client.Records.AllAsync(_app, KintoneQuery.All, [], cancellationToken)) rows.Add(VendorMapping.Read(record));
        return [.. rows.Where(static row => row.Mail.Length > 0)];
    }
}
