using System.Net;
using Microsoft.Extensions.Logging;
using VulnDiag.Domain.Scheduling;
using VulnDiag.Kintone.Mapping;
using VulnDiag.Kintone.Stores;

namespace VulnDiag.Worker;

/// <summary>除外リスト as last read. Until it was read, and while a row of it cannot be read, everything is excluded.</summary>
internal sealed class ExclusionList(ExclusionStore store, ILogger<ExclusionList> log)
{
    private static readonly IPNetwork[] Everything = [IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")];
    private IReadOnlyList<Exclusion>? _rows;

    internal async Task RefreshAsync(CancellationToken cancellationToken)
    {
        _rows = await store.LoadAsync(cancellationToken);
        foreach (var row in _rows.Where(static row => row.Range is null))
            log.LogError("Row {Record} of the exclusion list reads as no range: nothing is scanned until it is mended", row.RecordId);
    }

    internal IReadOnlyList<IPNetwork> InForce(DateTimeOffset now) => _rows is null ? Everything : InForce(_rows, now);

    internal static IReadOnlyList<IPNetwork> InForce(IReadOnlyList<Exclusion> rows, DateTimeOffset now)
    {
        var today = rows.Where(row => row.InForce(Jst.DayOf(now))).ToList();
        return today.Any(static row => row.Range is null) ? Everything : [.. today.Select(static row => row.Range!.Value)];
    }
}
