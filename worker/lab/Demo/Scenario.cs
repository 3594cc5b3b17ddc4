using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Demo;

/// <summary>What the demo plays: hospitals with their answers, and what each person does when asked. The words stand in scenario.ja.json.</summary>
/// <remarks>Its days are counted from the day on which the demo starts, so that it plays the same in any year.</remarks>
public sealed partial class Scenario
{
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    private Scenario(JObject root, DateTimeOffset start)
    {
        Start = start;
        End = start.AddDays((int)root["days"]!);
        Hospitals = [.. root["hospitals"]!.Cast<JObject>().Select(static hospital => new HospitalScript(hospital))];
        Vendors = [.. ((JObject)root["vendors"]!).Properties().Select(static vendor => new VendorScript(vendor.Name, (JObject)vendor.Value))];
        Words = new DemoWords((JObject)root["words"]!);
        Targets = (JObject)root["targets"]!;
        Names = ((JObject)root["names"]!).Properties().ToDictionary(static name => name.Name, static name => IPAddress.Parse((string)name.Value!), StringComparer.Ordinal);
        (TcpPorts, UdpPorts) = ((string)root["tcpPorts"]!, (string)root["udpPorts"]!);
        AllPortsFor = [.. root["allPortsFor"]!.Select(static address => (string)address!)];
    }

    /// <summary>When the demo's clock starts.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>When it must be over: a demo that waits longer is stuck.</summary>
    public DateTimeOffset End { get; }

    /// <summary>The hospitals, in the order of their records.</summary>
    public IReadOnlyList<HospitalScript> Hospitals { get; }

    /// <summary>The vendors.</summary>
    public IReadOnlyList<VendorScript> Vendors { get; }

    /// <summary>TCP ports of most lines.</summary>
    public string TcpPorts { get; }

    /// <summary>UDP ports of every line.</summary>
    public string UdpPorts { get; }

    /// <summary>Addresses of which all TCP ports are scanned.</summary>
    public IReadOnlyList<string> AllPortsFor { get; }

    /// <summary>Name of the organisation that runs the diagnosis.</summary>
    public string OperatorName => Words["operator.name"];

    /// <summary>Its department.</summary>
    public string OperatorDepartment => Words["operator.department"];

    /// <summary>Its phone number.</summary>
    public string OperatorPhone => Words["operator.phone"];

    /// <summary>What listens where: by address, lists of service, port and detail.</summary>
    internal JObject Targets { get; }

    /// <summary>What the hospitals' names resolve to.</summary>
    internal IReadOnlyDictionary<string, IPAddress> Names { get; }

    /// <summary>Field codes, statuses and buttons as people see them.</summary>
    internal DemoWords Words { get; }

    /// <summary>The start that a demo begun at <paramref name="now"/> has: the next Monday, 9:00 in Japan.</summary>
    public static DateTimeOffset StartAfter(DateTimeOffset now)
    {
        var day = now.ToOffset(Japan).Date.AddDays(1);
        while (day.DayOfWeek is not DayOfWeek.Monday) day = day.AddDays(1);
        return new DateTimeOffset(day.AddHours(9), Japan);
    }

    /// <summary>Reads the embedded scenario, its days counted from <paramref name="start"/>.</summary>
    public static Scenario Load(DateTimeOffset start)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("VulnDiag.Lab.Demo.scenario.ja.json")
            ?? throw new InvalidOperationException("scenario.ja.json is not embedded.");
        using var text = new StreamReader(stream);
        using var reader = new JsonTextReader(text) { DateParseHandling = DateParseHandling.None };
        var root = JObject.Load(reader);
        foreach (var value in root.DescendantsAndSelf().OfType<JValue>().Where(static value => value.Type is JTokenType.String).ToList())
            value.Value = Dated((string)value.Value!, start.ToOffset(Japan).Date);
        return new Scenario(root, start);
    }

    /// <summary><c>@+28 22:00</c> is an instant in Japan, <c>@-4</c> a day; anything else stays as it is.</summary>
    private static string Dated(string text, DateTime firstDay)
    {
        var match = DayMark().Match(text);
        if (!match.Success) return text;
        var day = firstDay.AddDays(int.Parse(match.Groups["day"].Value, CultureInfo.InvariantCulture));
        return match.Groups["time"].Success
            ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + $"T{match.Groups["time"].Value}:00+09:00"
            : day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^@(?<day>[+-]\d+)(?: (?<time>\d\d:\d\d))?$")]
    private static partial Regex DayMark();
}
