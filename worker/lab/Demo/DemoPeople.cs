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

    /// <summary>Login names of the staff, each with its group.</summary>
    public static IReadOnlyList<(string User, string Group)> Staff { get; } =
    [
        (CoordinatorPerson.Login, "coordinators"),
        (CoordinatorPerson.Analyst, "analysts"),
        (CoordinatorPerson.Approver, "approvers"),
    ];

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
