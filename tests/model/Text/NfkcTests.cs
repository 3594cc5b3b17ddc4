using System.Globalization;
using CsCheck;
using VulnDiag.TestSupport;

namespace VulnDiag.Model.Text;

public sealed class NfkcTests
{
    [Fact]
    public void Texts_are_normalised_as_another_implementation_does()
    {
        foreach (var line in File.ReadLines(Path.Combine(SharedMaterial.RepositoryRoot, "tests/fixtures/model/nfkc.csv")).Skip(1))
        {
            var cells = line.Split(',');
            Nfkc.Normalize(Text(cells[0])).ShouldBe(Text(cells[1]), cells[0]);
        }
    }

    [Fact]
    public void Any_text_can_be_normalised_and_a_second_time_changes_nothing() =>
        Gen.Char.Array[0, 12].Select(static chars => new string(chars)).Sample(static text =>
            Nfkc.Normalize(Nfkc.Normalize(text)) == Nfkc.Normalize(text));

    [Fact]
    public void Plain_text_comes_back_as_it_is() => Nfkc.Normalize("vpn.example.jp").ShouldBeSameAs("vpn.example.jp");

    private static string Text(string codes) =>
        string.Concat(codes.Split(' ').Select(static code => char.ConvertFromUtf32(int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
}
