using CsCheck;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using VulnDiag.Model;
using VulnDiag.Report.Samples;
using VulnDiag.Report.Templates;

namespace VulnDiag.Report;

public sealed class ScanResultPartsTests
{
    private static readonly JObject Whole = Json.ReadObject(Json.Write(SampleScans.VpnBox()));
    private static readonly IReadOnlyList<string> Paths = [.. Whole.Descendants().OfType<JProperty>().Select(static property => property.Path)];

    [Fact]
    public void A_whole_result_lacks_nothing() => ScanResultParts.Missing(Json.Read<ScanResult>(Whole.ToString())).ShouldBeNull();

    [Theory]
    [InlineData("{}", "line")]
    [InlineData("""{"line":""}""", "target")]
    [InlineData("""{"line":"","target":{},"coverage":{"tcp":{},"udp":{}}}""", "target.address")]
    public void What_is_missing_is_named(string json, string part) =>
        Should.Throw<ReportException>(() => ReportModelBuilder.OfScan(new ScanReportInput(Json.Read<ScanResult>(json), CheckTexts.None, "o", SampleReport.Made)))
            .Message.ShouldContain($"'{part}'");

    [Fact]
    public async Task A_result_with_any_part_left_out_or_made_null_is_refused_or_printed() =>
        await Gen.Select(Gen.Int[0, Paths.Count - 1], Gen.Bool).SampleAsync(async (index, remove) =>
        {
            var changed = (JObject)Whole.DeepClone();
            var property = (JProperty)changed.SelectToken(Paths[index])!.Parent!;
            if (remove) property.Remove();
            else property.Value = JValue.CreateNull();

            try
            {
                var model = ReportModelBuilder.OfScan(new ScanReportInput(Json.Read<ScanResult>(changed.ToString()), CheckTexts.None, "o", SampleReport.Made));
                (await ReportHtml.RenderAsync(model, new Dictionary<string, int>())).ShouldNotBeEmpty();
                ReportPrinter.MakeXlsx(model).Content.Length.ShouldBeGreaterThan(0);
            }
            catch (Exception fault) when (fault is ReportException or JsonException)
            {
                fault.Message.ShouldNotBeEmpty();
            }
        });
}
