namespace VulnDiag.Lab.Demo;

/// <summary>Everybody who takes part: they act only through kintone's REST API as themselves, and by mail.</summary>
public sealed class DemoPeople : IDisposable
{
    private readonly CoordinatorPerson _coordinator;
    private readonly IReadOnlyList<IPerson> _people;

    /// <summary>Brings the people of the scenario on stage.</summary>
    public DemoPeople(DemoStage stage)
    {
        _coordinator = new CoordinatorPerson(stage);
        _people =
        [
            .. stage.Scenario.Hospitals.Select(hospital => new HospitalPerson(stage, hospital)),
            .. stage.Scenario.Vendors.Select(vendor => new VendorPerson(stage, vendor)),
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

    /// <summary>Everybody does what is due, once.</summary>
    /// <returns>True when anybody did anything.</returns>
    public async Task<bool> ActAsync(CancellationToken cancellationToken)
    {
        var acted = false;
        foreach (var person in _people) acted |= await person.ActAsync(cancellationToken);
        return acted;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var person in _people) person.Dispose();
    }
}

/// <summary>How one engagement of the demo stands.</summary>
/// <param name="Record">Record number.</param>
/// <param name="Hospital">医療機関名.</param>
/// <param name="State">ステータス.</param>
/// <param name="Over">True when nothing more will happen.</param>
/// <param name="WindowMayClose">True when a window of this engagement is to close while its scan runs, and the scan runs for the first time.</param>
public sealed record DemoStanding(long Record, string Hospital, string State, bool Over, bool WindowMayClose);
