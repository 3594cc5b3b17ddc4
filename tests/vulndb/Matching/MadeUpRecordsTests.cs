using VulnDiag.TestSupport;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Store;

namespace VulnDiag.VulnDb.Matching;

/// <summary>The made-up records of tests/fixtures/vulndb, a case a line: which ids must be told and which must not.</summary>
public sealed class MadeUpRecordsTests : IClassFixture<MadeUpRecordsTests.Loaded>
{
    private static readonly string Folder = Path.Combine(SharedMaterial.RepositoryRoot, "tests", "fixtures", "vulndb");
    private readonly Loaded loaded;

    public MadeUpRecordsTests(Loaded loaded) => this.loaded = loaded;

    public static TheoryData<string> Cases => [.. File.ReadLines(Path.Combine(Folder, "cases.csv")).Skip(1)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_name_gets_what_it_has_and_nothing_else(string line)
    {
        var cells = line.Split(',');
        var query = new MatchQuery
        {
            Product = Name(cells[0]),
            DistributionTexts = cells[1].Length == 0 ? [] : [cells[1]],
            NeighbourTexts = cells[2].Length == 0 ? [] : [cells[2]],
        };

        using var database = VulnDatabase.Open(loaded.Database);
        var told = database.Match(query).Matches.Select(static match => $"{match.Cve["CVE-1999-".Length..]}/{match.QualityOfDetection}").ToList();

        Words(cells[3]).ShouldBeSubsetOf(told);
        told.Select(static each => each.Split('/')[0]).Intersect(Words(cells[4])).ShouldBeEmpty();
    }

    private static string[] Words(string cell) => cell.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static CpeName Name(string parts)
    {
        var given = parts.Count(static each => each == ':') + 1;
        return CpeName.Parse($"cpe:2.3:{parts}{string.Concat(Enumerable.Repeat(":*", 11 - given))}").ShouldNotBeNull();
    }

    public sealed class Loaded : IDisposable
    {
        private readonly string work = Directory.CreateTempSubdirectory("vulndb").FullName;

        public Loaded() => DatabaseUpdate.Run(Path.Combine(Folder, "feeds"), Database, TimeProvider.System, CancellationToken.None)
            .ShouldAllBe(static report => report.Failure == null && report.Skipped.Count == 0);

        public string Database => Path.Combine(work, "vulndb.sqlite");

        public void Dispose() => Directory.Delete(work, recursive: true);
    }
}
