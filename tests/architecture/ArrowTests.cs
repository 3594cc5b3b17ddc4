using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace VulnDiag.Architecture;

/// <summary>The arrows of STYLE: who may know whom, and which folder alone may name a package.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> MayReference = new(StringComparer.Ordinal)
    {
        ["VulnDiag.Model"] = [],
        ["VulnDiag.Engine"] = ["VulnDiag.Model"],
        ["VulnDiag.VulnDb"] = ["VulnDiag.Model"],
        ["VulnDiag.Domain"] = ["VulnDiag.Model"],
        ["VulnDiag.Kintone"] = ["VulnDiag.Domain", "VulnDiag.Model"],
        ["VulnDiag.Mail"] = ["VulnDiag.Domain", "VulnDiag.Model"],
        ["VulnDiag.Report"] = ["VulnDiag.Domain", "VulnDiag.Model"],
        ["VulnDiag.Lab"] = [],
        ["VulnDiag.Worker"] =
            ["VulnDiag.Domain", "VulnDiag.Kintone", "VulnDiag.Mail", "VulnDiag.Report", "VulnDiag.Lab", "VulnDiag.Model", "VulnDiag.Engine", "VulnDiag.VulnDb"],
    };

    public static TheoryData<string, string> Boundaries => new()
    {
        { "SharpPcap", "scan-engine/engine/Packets/" },
        { "PacketDotNet", "scan-engine/engine/Packets/" },
        { "RestSharp", "worker/kintone/Client/" },
        { "MailKit", "worker/mail/" },
        { "Coravel", "worker/host/CoravelTicker.cs" },
        { "Microsoft.Playwright", "worker/report/Pdf/" },
        { "DocumentFormat.OpenXml", "worker/report/Xlsx/" },
        { "Fluid", "worker/" },
        { "Stateless", "worker/domain/Lifecycle/" },
        { "Ical.Net", "worker/mail/Ics/" },
        { "System.CommandLine", "worker/host/Cli/" },
        { "Dapper", "worker/host/Store/" },
    };

    [Fact]
    public void Projects_reference_only_what_they_may_know()
    {
        var projects = SourceTree.Files("worker", "*.csproj").Concat(SourceTree.Files("scan-engine", "*.csproj")).ToList();
        projects.Count.ShouldBe(MayReference.Count);
        foreach (var (path, text) in projects)
        {
            var references = XDocument.Parse(text).Descendants("ProjectReference").Select(static item => Path.GetFileNameWithoutExtension((string)item.Attribute("Include")!));
            references.Except(MayReference[Path.GetFileNameWithoutExtension(path)]).ShouldBeEmpty(path);
        }
    }

    [Theory]
    [MemberData(nameof(Boundaries))]
    public void A_package_is_named_in_its_own_folder_only(string package, string folder)
    {
        var use = new Regex($@"^\s*(global\s+)?using\s+(static\s+|\w+\s*=\s*)?{Regex.Escape(package)}\b|\b{Regex.Escape(package)}\.[A-Z]", RegexOptions.Multiline);
        SourceTree.ProductCode()
            .Where(file => !file.Path.StartsWith(folder, StringComparison.Ordinal) && use.IsMatch(CSharpText.WithoutComments(file.Text)))
            .Select(static file => file.Path)
            .ShouldBeEmpty($"{package} belongs into {folder}");
    }

    [Fact]
    public void Json_goes_through_the_one_setting()
    {
        var direct = new Regex(@"\bJsonConvert\.|new JsonSerializer(Settings)?\b|JsonSerializer\.Create|System\.Text\.Json");
        // The emulator shares no code with the client; feeds are read as bytes for their size (docs/decisions/0180).
        string[] apart = ["worker/lab/", "scan-engine/vulndb/Feeds/"];
        SourceTree.ProductCode()
            .Where(file => file.Path != "scan-engine/model/Json.cs" && !apart.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal)))
            .Where(file => direct.IsMatch(CSharpText.WithoutComments(file.Text)))
            .Select(static file => file.Path)
            .ShouldBeEmpty();
    }
}
