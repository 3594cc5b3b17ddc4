using System.Text.RegularExpressions;

namespace VulnDiag.Engine.Checks;

public sealed class CheckCatalogueTests
{
    private static IEnumerable<string> Ids =>
        CheckCatalogue.Passive.Select(static check => check.Id).Concat(CheckCatalogue.Active.Select(static check => check.Id));

    [Fact]
    public void Ids_are_unique_and_plain()
    {
        Ids.ShouldBeUnique();
        Ids.ShouldAllBe(static id => Regex.IsMatch(id, "^[a-z0-9-]+$"));
    }

    [Fact]
    public void Rows_and_classes_match_one_to_one() =>
        CheckTexts.ById.Keys.Order(StringComparer.Ordinal).ShouldBe(Ids.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_row_has_its_words()
    {
        foreach (var row in CheckTexts.ById.Values)
        {
            row.Title.ShouldNotBeNullOrWhiteSpace(row.Id);
            row.Why.ShouldNotBeNullOrWhiteSpace(row.Id);
            row.Action.ShouldNotBeNullOrWhiteSpace(row.Id);
        }
    }

    [Fact]
    public void Active_checks_send_little() => CheckCatalogue.Active.ShouldAllBe(static check => check.Cost.MaxRequests <= 10);
}
