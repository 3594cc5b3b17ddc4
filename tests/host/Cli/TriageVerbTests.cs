using System.Text;
using CsCheck;
using VulnDiag.TestSupport;
using VulnDiag.Worker.Cli;

namespace VulnDiag.Worker.Tests.Cli;

public sealed class TriageVerbTests : IDisposable
{
    private const string Header = "line_id,global_ip,communication,addressing,address,fqdn";
    private const string Text = Header + "\nL1,あり,インターネット,固定IP,8.8.8.8,\nL2,なし,,,,\n";
    private readonly TestConsole _console = new();

    static TriageVerbTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static TheoryData<string> Encodings => ["utf-8", "utf-8-bom", "cp932", "utf-16"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Tables_are_read_in_the_encodings_that_people_send(string name)
    {
        var encoding = EncodingOf(name);
        var file = Path.Combine(_console.Home, "lines.csv");
        await File.WriteAllTextAsync(file, Text, encoding, TestContext.Current.CancellationToken);
        (await _console.RunAsync("triage", file)).ShouldBe(0, _console.Error);
        var rows = _console.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rows[0].ShouldBe("line_id,no,decision,requirement,reason");
        rows[1].ShouldStartWith("L1,2,○,none,");
        rows[2].ShouldStartWith("L2,18,×,none,");
    }

    [Fact]
    public async Task The_table_of_the_guide_meets_its_own_rows()
    {
        var table = File.ReadAllLines(SharedMaterial.PathOf("reference/triage-table.csv")).Skip(1).Select(static line => line.Split(',')).ToList();
        var lines = table.Select(static cells => $"{cells[0]},{cells[1]},{cells[2]},{cells[3]},{(cells[4] == "連携あり" ? "8.8.8.8" : "")},{(cells[5] == "連携あり" ? "www.example.jp" : "")}");
        var file = _console.WriteFile("table.csv", string.Join('\n', lines.Prepend(Header)) + "\n");
        (await _console.RunAsync("triage", file)).ShouldBe(0, _console.Error);
        var answers = _console.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(static line => line.Split(',')).ToList();
        answers.Count.ShouldBe(table.Count);
        foreach (var (answer, row) in answers.Zip(table))
            answer[1..4].ShouldBe([row[0], row[6], row[7]], $"row {row[0]}");
    }

    [Theory]
    [InlineData("utf-8", "\n")]
    [InlineData("utf-8-bom", "\r\n")]
    [InlineData("cp932", "\r\n")]
    public async Task Odd_hearings_come_out_as_the_specification_says(string name, string lineBreak)
    {
        var rows = CsvText.Rows(await File.ReadAllTextAsync(Path.Combine(SharedMaterial.RepositoryRoot, "tests", "fixtures", "domain", "odd-hearings.csv"), TestContext.Current.CancellationToken));
        var encoding = EncodingOf(name);
        var known = rows.Where(row => name != "cp932" || row.Take(7).All(cell => encoding.GetString(encoding.GetBytes(cell)) == cell)).ToList();
        var file = Path.Combine(_console.Home, "odd.csv");
        await File.WriteAllTextAsync(
            file, string.Concat(known.Select(row => CsvText.Line([.. row.Take(7)]).TrimEnd('\n') + lineBreak)), encoding, TestContext.Current.CancellationToken);

        (await _console.RunAsync("triage", file)).ShouldBe(0, _console.Error);
        var answers = CsvText.Rows(_console.Out).Skip(1).ToList();
        answers.Count.ShouldBe(known.Count - 1);
        answers.Count.ShouldBeGreaterThan(65);
        foreach (var (answer, row) in answers.Zip(known.Skip(1)))
        {
            string.Join(',', answer.Take(4)).ShouldBe(string.Join(',', row[0], row[7], row[8], row[9]), row[10]);
            answer[4].ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a,b\n1,2\n")]
    public async Task A_table_without_its_columns_is_one_sentence_and_exit_code_1(string text)
    {
        (await _console.RunAsync("triage", _console.WriteFile("bad.csv", text))).ShouldBe(1);
        _console.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
        _console.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_quotation_mark_that_is_never_closed_swallows_no_row()
    {
        var file = _console.WriteFile("quote.csv", "line_id,global_ip,communication,addressing,address,fqdn\n\"L1,あり,インターネット,固定IP,203.0.113.5,\nL2,なし,,,,\n");
        (await _console.RunAsync("triage", file)).ShouldBe(0);
        CsvText.Rows(_console.Out).Skip(1).Select(static row => row[0]).ShouldBe(["\"L1", "L2"]);
    }

    [Fact]
    public void What_is_written_reads_back()
    {
        Gen.String[Gen.Char[" ,\"\n\rabあ"], 0, 6].Array[1, 5].List[1, 5]
            .Where(static rows => rows.All(static row => row is not [""]))
            .Sample(static rows => CsvText.Rows(string.Concat(rows.Select(CsvText.Line))).Select(static row => row.ToArray()).ShouldBe(rows));
    }

    [Fact]
    public void Any_bytes_are_read_as_some_table()
    {
        Gen.Byte.Array.Sample(static bytes => CsvText.Rows(CsvText.Decode(bytes)).ShouldNotBeNull());
    }

    private static Encoding EncodingOf(string name) => name switch
    {
        "utf-8-bom" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        "cp932" => Encoding.GetEncoding(932),
        "utf-16" => Encoding.Unicode,
        _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    };

    public void Dispose() => _console.Dispose();
}
