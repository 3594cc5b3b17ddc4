using System.Globalization;

namespace VulnDiag.Engine.Fingerprints;

public sealed class FingerprintCatalogueTests
{
    private static readonly IReadOnlyList<FingerprintFile> Files = FingerprintCatalogue.ShippedFiles();

    public static TheoryData<string> Ids => [.. Files.SelectMany(static file => file.Entries).Select(static entry => entry.Id)];

    [Fact]
    public void Ids_are_unique() => Files.SelectMany(static file => file.Entries).Select(static entry => entry.Id).ShouldBeUnique();

    [Fact]
    public void Every_file_names_its_source_and_its_date()
    {
        foreach (var file in Files)
        {
            file.Source.ShouldNotBeNullOrWhiteSpace(file.Matches);
            DateOnly.TryParseExact(file.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _).ShouldBeTrue(file.Matches);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_example_is_read_as_it_says_and_no_other_entry_steals_it(string id)
    {
        var (file, entry) = Files
            .SelectMany(static file => file.Entries.Select(entry => (file, entry)))
            .Single(pair => pair.entry.Id == id);
        entry.Examples.ShouldNotBeEmpty("an entry without an example proves nothing");
        foreach (var example in entry.Examples)
        {
            FingerprintCatalogue.Shipped.FindEntry(file.Matches, example.Text)?.Entry.Id.ShouldBe(id, example.Text);
            var read = FingerprintCatalogue.Shipped.Match(file.Matches, example.Text);
            read.ShouldNotBeNull(example.Text);
            read.Version.ShouldBe(example.Version, example.Text);
            read.Info.ShouldBe(example.Info, example.Text);
            if (example.Product is not null) read.Product.ShouldBe(example.Product, example.Text);
            if (example.Cpe is not null) read.Cpe.ShouldContain(example.Cpe, example.Text);
        }
    }

    [Fact]
    public void Every_cpe_has_thirteen_components()
    {
        foreach (var entry in Files.SelectMany(static file => file.Entries))
        {
            var names = entry.Examples.SelectMany(example => FingerprintCatalogue.Shipped.Match(KindOf(entry), example.Text)!.Cpe);
            names.ShouldAllBe(static name => name.StartsWith("cpe:2.3:") && name.Replace("\\:", "").Split(':').Length == 13);
        }
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2p1:*:evil", "cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*")]
    public void A_hostile_banner_cannot_break_out_of_its_component(string banner, string cpe) =>
        FingerprintCatalogue.Shipped.Match("ssh.banner", banner)!.Cpe.ShouldBe([cpe]);

    private static string KindOf(Fingerprint entry) =>
        Files.Single(file => file.Entries.Any(other => other.Id == entry.Id)).Matches;
}
