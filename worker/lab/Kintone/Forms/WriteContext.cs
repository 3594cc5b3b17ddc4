using VulnDiag.Lab.Kintone.Errors;
using VulnDiag.Lab.Kintone.State;

namespace VulnDiag.Lab.Kintone.Forms;

/// <summary>What a field type may need while it takes a value: whose record it is, when, and where faults go.</summary>
internal sealed class WriteContext(Tenant tenant, Transaction transaction, string userCode, DateTimeOffset now, long app, long record)
{
    public Tenant Tenant { get; } = tenant;

    public Transaction Transaction { get; } = transaction;

    /// <summary>The login name of the caller.</summary>
    public string UserCode { get; } = userCode;

    public DateTimeOffset Now { get; } = now;

    public long App { get; } = app;

    /// <summary>The id of the record written.</summary>
    public long Record { get; } = record;

    /// <summary>The faults found so far.</summary>
    public FaultList Faults { get; } = new();

    /// <summary>Whether the caller may write a field of the record.</summary>
    public required Func<Field, bool> MayWrite { get; init; }

    /// <summary>A new id for a table row.</summary>
    public long NextRow()
    {
        var counters = Tenant.Counters.Find(Keys.Of(App)) ?? new AppCounters(App, 0, 0);
        counters = counters with { LastRow = counters.LastRow + 1 };
        Transaction.Put(Tenant.Counters, counters);
        return counters.LastRow;
    }
}
