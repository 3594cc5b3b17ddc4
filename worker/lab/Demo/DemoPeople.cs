namespace VulnDiag.Lab.Demo;

/// <summary>Everybody who takes part: they act only through kintone's REST API as themselves, and by mail.</summary>
public sealed class DemoPeople : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private readonly DemoStage _stage;
    private readonly CoordinatorPerson _coordinator;
    private readonly IReadOnlyList<IPerson> _people;
    private readonly IReadOnlyList<IPerson> _vendors;
    private IReadOnlyList<DemoStanding> _seen = [];
    private DateTimeOffset _lookedAt;

    /// <summary>Brings the people of the scenario on stage.</summary>
    public DemoPeople(DemoStage stage)
    {
        _stage = stage;
        _coordinator = new CoordinatorPerson(stage);
        _vendors = [.. stage.Scenario.Vendors.Select(vendor => new VendorPerson(stage, vendor))];
        _people =
        [
            .. stage.Scenario.Hospitals.Select(hospital => new HospitalPerson(stage, hospital)),
            _coordinator,
            new AnalystPerson(stage),
            new ApproverPerson(stage),
        ];
    }

    /// <summary>The staff: login name, display name, group.</summary>
    public static IReadOnlyList<(string User, string Name, string Group)> StaffOf(Scenario scenario) =>
    [
        (CoordinatorPerson.Login, scenario.Words["staff.coordinator"], "coordinators"),
        (CoordinatorPerson.Analyst, scenario.Words["staff.analyst"], "analysts"),
        (CoordinatorPerson.Approver, scenario.Words["staff.approver"], "approvers"),
    ];

    /// <summary>How each engagement stands, in the order of the records.</summary>
    public Task<IReadOnlyList<DemoStanding>> StandingsAsync(CancellationToken cancellationToken) => _coordinator.StandingsAsync(cancellationToken);

    /// <summary>The coordinator opens a record for each hospital that has none.</summary>
    public Task OpenRecordsAsync(CancellationToken cancellationToken) => _coordinator.OpenRecordsAsync(cancellationToken);

    /// <summary>Everybody does what is due, once. Who works in kintone looks there when a record has changed or time has passed; vendors look into their mail.</summary>
    /// <returns>True when anybody did anything.</returns>
    public async Task<bool> ActAsync(IReadOnlyList<DemoStanding> standings, CancellationToken cancellationToken)
    {
        var acted = false;
        foreach (var vendor in _vendors) acted |= await vendor.ActAsync(cancellationToken);
        if (_stage.Now - _lookedAt < LookAgain && standings.SequenceEqual(_seen)) return acted;
        (_seen, _lookedAt) = (standings, _stage.Now);
        foreach (var person in _people) acted |= await person.ActAsync(cancellationToken);
        return acted;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var person in _people.Concat(_vendors)) person.Dispose();
    }
}

/// <summary>How one engagement of the demo stands.</summary>
/// <param name="Record">Record number.</param>
/// <param name="Hospital">医療機関名.</param>
/// <param name="Revision">kintone's revision of the record.</param>
/// <param name="State">ステータス.</param>
/// <param name="Over">True when nothing more will happen.</param>
/// <param name="WindowMayClose">True when a window of this engagement is to close while its scan runs, and the scan runs for the first time.</param>
public sealed record DemoStanding(long Record, string Hospital, long Revision, string State, bool Over, bool WindowMayClose);
