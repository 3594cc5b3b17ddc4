using System.Net;

namespace VulnDiag.Domain.Hearing;

/// <summary>あり / なし / わからない.</summary>
public enum YesNoUnknown
{
    /// <summary>あり.</summary>
    Yes,

    /// <summary>なし.</summary>
    No,

    /// <summary>わからない.</summary>
    Unknown,
}

/// <summary>通信形態.</summary>
public enum Communication
{
    /// <summary>インターネット.</summary>
    Internet,

    /// <summary>インターネットVPN.</summary>
    InternetVpn,

    /// <summary>閉域網.</summary>
    ClosedNetwork,

    /// <summary>わからない.</summary>
    Unknown,
}

/// <summary>接続方式.</summary>
public enum AccessTechnology
{
    /// <summary>PPPoE.</summary>
    Pppoe,

    /// <summary>IPoE.</summary>
    Ipoe,

    /// <summary>MAP-E: shares an IPv4 address.</summary>
    MapE,

    /// <summary>DS-Lite: shares an IPv4 address.</summary>
    DsLite,

    /// <summary>その他.</summary>
    Other,

    /// <summary>わからない.</summary>
    Unknown,
}

/// <summary>固定IP/動的IP.</summary>
public enum Addressing
{
    /// <summary>固定IP.</summary>
    Fixed,

    /// <summary>動的IP.</summary>
    Dynamic,

    /// <summary>わからない.</summary>
    Unknown,
}

/// <summary>連携あり / 連携なし.</summary>
public enum Provided
{
    /// <summary>連携あり.</summary>
    Yes,

    /// <summary>連携なし.</summary>
    No,
}

/// <summary>役割 of a vendor.</summary>
public enum VendorRole
{
    /// <summary>回線.</summary>
    Circuit,

    /// <summary>保守.</summary>
    Maintenance,

    /// <summary>監視.</summary>
    Monitoring,

    /// <summary>電子カルテ.</summary>
    MedicalRecords,
}

/// <summary>Who consented to the diagnosis of a line, and whether account checks are allowed.</summary>
/// <param name="Giver">同意者.</param>
/// <param name="Post">同意者役職.</param>
/// <param name="Date">同意日.</param>
/// <param name="AccountChecks">アカウント診断: true only for an explicit 可.</param>
public sealed record Consent(string Giver, string Post, DateOnly Date, bool AccountChecks);

/// <summary>A vendor of one line, read.</summary>
/// <param name="Role">役割.</param>
/// <param name="Company">ベンダ名.</param>
/// <param name="Person">担当者.</param>
/// <param name="Mail">Lower-case mail address; the vendor's identity throughout.</param>
public sealed record Vendor(VendorRole Role, string Company, string Person, string Mail);

/// <summary>One line (回線), normalised and read. Null where the hospital left a blank or typed what cannot be read.</summary>
public sealed record Line
{
    /// <summary>回線ID.</summary>
    public required LineId Id { get; init; }

    /// <summary>回線名.</summary>
    public string Name { get; init; } = "";

    /// <summary>グローバルIP利用.</summary>
    public YesNoUnknown? GlobalIp { get; init; }

    /// <summary>通信形態.</summary>
    public Communication? Communication { get; init; }

    /// <summary>接続方式.</summary>
    public AccessTechnology? Access { get; init; }

    /// <summary>固定IP/動的IP.</summary>
    public Addressing? Addressing { get; init; }

    /// <summary>Whether the address was given.</summary>
    public Provided? AddressProvided { get; init; }

    /// <summary>The address, when it reads as one.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Whether an FQDN was given.</summary>
    public Provided? FqdnProvided { get; init; }

    /// <summary>Lower-case ASCII (IDNA) name without a final dot.</summary>
    public string? Fqdn { get; init; }

    /// <summary>機器種別.</summary>
    public string DeviceKind { get; init; } = "";

    /// <summary>メーカー.</summary>
    public string Maker { get; init; } = "";

    /// <summary>型番.</summary>
    public string Model { get; init; } = "";

    /// <summary>電子カルテ接続.</summary>
    public YesNoUnknown? MedicalRecords { get; init; }

    /// <summary>監視 as answered.</summary>
    public YesNoUnknown? MonitoredAnswer { get; init; }

    /// <summary>自院管理.</summary>
    public bool SelfManaged { get; init; }

    /// <summary>Vendors of this line.</summary>
    public IReadOnlyList<Vendor> Vendors { get; init; } = [];

    /// <summary>同意, or null while it is not on record.</summary>
    public Consent? Consent { get; init; }

    /// <summary>True unless the hospital said なし: わからない and a blank are treated as あり.</summary>
    public bool Monitored => MonitoredAnswer is not YesNoUnknown.No;

    /// <summary>True when the address may change, so that it is confirmed on the day.</summary>
    public bool Dynamic => Addressing is Hearing.Addressing.Dynamic;

    /// <summary>True when the access technology shares one IPv4 address among customers.</summary>
    public bool SharedAddress => Access is AccessTechnology.MapE or AccessTechnology.DsLite
        && Address?.AddressFamily is not System.Net.Sockets.AddressFamily.InterNetworkV6;
}

/// <summary>A period of time; the end is not part of it.</summary>
/// <param name="Start">First instant.</param>
/// <param name="End">First instant after it; later than <paramref name="Start"/>.</param>
public sealed record Period(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>True when <paramref name="instant"/> lies in it.</summary>
    public bool Contains(DateTimeOffset instant) => instant >= Start && instant < End;

    /// <summary>Its length.</summary>
    public TimeSpan Length => End - Start;
}

/// <summary>A confirmation of a line's address by the hospital.</summary>
/// <param name="Line">回線ID.</param>
/// <param name="Address">確認したIPアドレス; null when it does not read as a scannable address.</param>
/// <param name="At">確認日時.</param>
/// <param name="By">確認者.</param>
public sealed record SameDayConfirmation(LineId Line, IPAddress? Address, DateTimeOffset At, string By);

/// <summary>A fault in the hearing: one sentence names the line and the field.</summary>
/// <param name="Code">Row of faults.ja.csv, such as <c>address-private</c>.</param>
/// <param name="Line">The line it is about, or null for the hearing as a whole.</param>
/// <param name="Field">Field code in kintone.</param>
/// <param name="SentenceJa">The sentence for the hospital.</param>
public sealed record HearingFault(string Code, LineId? Line, string Field, string SentenceJa);

/// <summary>The hearing, normalised and read, with its faults.</summary>
public sealed record HearingRecord
{
    /// <summary>医療機関名.</summary>
    public string HospitalName { get; init; } = "";

    /// <summary>医療機関コード.</summary>
    public string HospitalCode { get; init; } = "";

    /// <summary>都道府県.</summary>
    public string Prefecture { get; init; } = "";

    /// <summary>Name of the contact.</summary>
    public string ContactName { get; init; } = "";

    /// <summary>Post of the contact.</summary>
    public string ContactPost { get; init; } = "";

    /// <summary>Mail address of the contact, lower-case.</summary>
    public string ContactMail { get; init; } = "";

    /// <summary>Phone number of the contact.</summary>
    public string ContactPhone { get; init; } = "";

    /// <summary>静観対応: whether vendors may be asked for silence; null while it is not answered.</summary>
    public bool? SilenceRequested { get; init; }

    /// <summary>対象回線 in the order of the record; ids are unique.</summary>
    public IReadOnlyList<Line> Lines { get; init; } = [];

    /// <summary>診断候補日時, sorted, valid ones only; past ones stay.</summary>
    public IReadOnlyList<Period> CandidateWindows { get; init; } = [];

    /// <summary>回避時間帯, sorted, valid ones only.</summary>
    public IReadOnlyList<Period> TimesToAvoid { get; init; } = [];

    /// <summary>当日IP確認, by time.</summary>
    public IReadOnlyList<SameDayConfirmation> SameDayConfirmations { get; init; } = [];

    /// <summary>What must be asked again.</summary>
    public IReadOnlyList<HearingFault> Faults { get; init; } = [];

    /// <summary>What is wrong with 当日IP確認: shown to the hospital on the day, no reason to send the hearing back.</summary>
    public IReadOnlyList<HearingFault> SameDayFaults { get; init; } = [];

    /// <summary>The faults of one line, for its triage.</summary>
    public IReadOnlyList<HearingFault> FaultsOf(LineId id) => [.. Faults.Where(fault => fault.Line == id)];

    /// <summary>The line with this id, or null.</summary>
    public Line? Find(LineId id) => Lines.FirstOrDefault(line => line.Id == id);
}
