namespace VulnDiag.Lab.Demo;

/// <summary>The approver: reads the draft and approves it.</summary>
internal sealed class ApproverPerson(DemoStage stage) : IPerson
{
    private readonly KintoneUser _user = stage.SignIn(CoordinatorPerson.Approver);

    public async Task<bool> ActAsync(CancellationToken cancellationToken)
    {
        var acted = false;
        foreach (var record in await _user.QueryAsync(stage.EngagementApp, "order by $id asc limit 500", cancellationToken))
        {
            var words = stage.Words;
            var mine = record.Text(words["field.state"]) == words["state.review"] && record.Users(words["field.approver"]).Contains(_user.Name);
            if (!mine || record.Files(words["field.draft"]).Count == 0 || record.Text(words["field.draftHash"]) != record.Text(words["field.reviewHash"])) continue;
            await _user.DownloadAsync((string)record.Files(words["field.draft"])[0]["fileKey"]!, cancellationToken);
            acted |= await _user.PressAsync(stage.EngagementApp, record, words["press.approve"], cancellationToken);
        }

        return acted;
    }

    public void Dispose() => _user.Dispose();
}
