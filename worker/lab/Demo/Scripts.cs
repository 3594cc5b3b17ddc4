using Newtonsoft.Json.Linq;

namespace VulnDiag.Lab.Demo;

/// <summary>One hospital of the demo.</summary>
/// <param name="json">Its part of the scenario.</param>
public sealed class HospitalScript(JObject json)
{
    /// <summary>Login name.</summary>
    public string User { get; } = (string)json["user"]!;

    /// <summary>What it answers first.</summary>
    internal JObject Hearing { get; } = (JObject)json["hearing"]!;

    /// <summary>What it answers when asked to mend its answers, or null.</summary>
    internal JObject? Correction { get; } = json["correct"] as JObject;

    /// <summary>The address it confirms on the day, by line; a line that is not here is never confirmed.</summary>
    internal JObject SameDay { get; } = json["sameDay"] as JObject ?? [];

    /// <summary>What the coordinator records after the meeting, by line.</summary>
    internal JObject Meeting { get; } = json["meeting"] as JObject ?? [];

    /// <summary>Lines that the coordinator defers once a deadline has passed, each with its reason.</summary>
    internal JObject DeferWhenLate { get; } = json["deferWhenLate"] as JObject ?? [];

    /// <summary>Why the coordinator cancels as soon as the scan runs, or null.</summary>
    internal string? CancelWhenScanning { get; } = (string?)json["cancelWhenScanning"];

    /// <summary>True when the coordinator ends a suspended diagnosis with what there is.</summary>
    internal bool FinishWhenSuspended { get; } = (bool?)json["finishWhenSuspended"] == true;

    /// <summary>True when analyst and approver are first one person.</summary>
    internal bool SameApproverFirst { get; } = (bool?)json["sameApproverFirst"] == true;

    /// <summary>The line whose window closes while its scan runs, or null.</summary>
    public string? CloseWindowMidScan { get; } = (string?)json["closeWindowMidScan"];
}

/// <summary>One vendor of the demo.</summary>
/// <param name="mail">Its address.</param>
/// <param name="json">Its part of the scenario.</param>
public sealed class VendorScript(string mail, JObject json)
{
    /// <summary>Mail address.</summary>
    public string Mail { get; } = mail;

    /// <summary>True when it never answers.</summary>
    internal bool Silent { get; } = (bool?)json["silent"] == true;

    /// <summary>True when it wants one mail a day for all of its hospitals.</summary>
    internal bool Digest { get; } = (bool?)json["digest"] == true;

    /// <summary>Why it objects to the first validity request, or null.</summary>
    internal string? ObjectOnce { get; } = (string?)json["objectOnce"];

    /// <summary>Why it refuses silence the first time, or null.</summary>
    internal string? RefuseOnce { get; } = (string?)json["refuseOnce"];

    /// <summary>What it writes as soon as it is told that the scan has started, or null.</summary>
    internal string? StopWhenScanning { get; } = (string?)json["stopWhenScanning"];
}
