using VulnDiag.Report.Pdf;
using VulnDiag.Report.Samples;
namespace VulnDiag.Report;
public sealed class PreviewTests
{
    [Fact]
    public async Task Prints()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var p = new ReportPrinter(new PrinterSettings());
        foreach (var (n, m) in new[] { ("full", SampleReport.Model()), ("own", SampleReport.OwnScan()), ("draft", SampleReport.Model(draft: true, withPrevious: false)), ("slice", SampleReport.Model().SliceFor(SampleReport.Model().Vendors[^1])) })
        {
            var r = await p.PrintAsync(m, ct);
            await r.Pdf.WriteAsync($"/tmp/rep/{n}.pdf", ct);
            await r.Xlsx.WriteAsync($"/tmp/rep/{n}.xlsx", ct);
            var r2 = await p.PrintAsync(m, ct);
            Console.WriteLine($"{n} {r.Pdf.Name} same pdf {r.Pdf.Sha256 == r2.Pdf.Sha256} xlsx {r.Xlsx.Sha256 == r2.Xlsx.Sha256}");
        }
    }
}
