namespace VulnDiag.Domain.Hearing;

/// <summary>The hearing as the hospital typed it: nothing is lost, nothing is guessed. A blank is an empty text or null.</summary>
/// <remarks>Source: SPEC "The hearing". HearingNormalizer tidies it, HearingValidator reads it.</remarks>
public sealed record HearingAnswers
{
    /// <summary>医療機関名.</summary>
    public string HospitalName { get; init; } = "";

    /// <summary>医療機関コード: 10 digits, prefecture first, Luhn check digit last.</summary>
    public string HospitalCode { get; init; } = "";

    /// <summary>都道府県.</summary>
    public string Prefecture { get; init; } = "";

    /// <summary>Name of the contact.</summary>
    public string ContactName { get; init; } = "";

    /// <summary>Post of the contact.</summary>
    public string ContactPost { get; init; } = "";

    /// <summary>Mail address of the contact.</summary>
    public string ContactMail { get; init; } = "";

    /// <summary>Phone number of the contact.</summary>
    public string ContactPhone { get; init; } = "";

    /// <summary>静観対応: whether vendors may be asked to keep their monitoring quiet (依頼する / 依頼しない).</summary>
    public string SilenceRequest { get; init; } = "";

    /// <summary>対象回線.</summary>
    public IReadOnlyList<LineAnswers> Lines { get; init; } = [];

    /// <summary>Vendors by line.</summary>
    public IReadOnlyList<VendorAnswer> Vendors { get; init; } = [];

    /// <summary>診断候補日時.</summary>
    public IReadOnlyList<PeriodAnswer> CandidateWindows { get; init; } = [];

    /// <summary>回避時間帯.</summary>
    public IReadOnlyList<PeriodAnswer> TimesToAvoid { get; init; } = [];

    /// <summary>当日IP確認: what the hospital confirmed on the day.</summary>
    public IReadOnlyList<SameDayAnswer> SameDayConfirmations { get; init; } = [];
}

/// <summary>One line (対象回線) as typed.</summary>
public sealed record LineAnswers
{
    /// <summary>回線ID.</summary>
    public string Id { get; init; } = "";

    /// <summary>回線名.</summary>
    public string Name { get; init; } = "";

    /// <summary>グローバルIP利用: あり / なし / わからない.</summary>
    public string GlobalIp { get; init; } = "";

    /// <summary>通信形態: インターネット / インターネットVPN / 閉域網 / わからない.</summary>
    public string Communication { get; init; } = "";

    /// <summary>接続方式: PPPoE / IPoE / MAP-E / DS-Lite / その他 / わからない.</summary>
    public string Access { get; init; } = "";

    /// <summary>固定IP / 動的IP / わからない.</summary>
    public string Addressing { get; init; } = "";

    /// <summary>グローバルIPアドレス: 連携あり / 連携なし; blank is a forgotten answer.</summary>
    public string AddressProvided { get; init; } = "";

    /// <summary>IPv4 or IPv6 address.</summary>
    public string Address { get; init; } = "";

    /// <summary>FQDN: 連携あり / 連携なし; blank is a forgotten answer.</summary>
    public string FqdnProvided { get; init; } = "";

    /// <summary>Fully qualified domain name.</summary>
    public string Fqdn { get; init; } = "";

    /// <summary>機器種別.</summary>
    public string DeviceKind { get; init; } = "";

    /// <summary>メーカー.</summary>
    public string Maker { get; init; } = "";

    /// <summary>型番.</summary>
    public string Model { get; init; } = "";

    /// <summary>電子カルテ接続: あり / なし / わからない.</summary>
    public string MedicalRecords { get; init; } = "";

    /// <summary>監視: あり / なし / わからない.</summary>
    public string Monitored { get; init; } = "";

    /// <summary>自院管理: any text other than empty when the hospital looks after the line itself.</summary>
    public string SelfManaged { get; init; } = "";

    /// <summary>同意者.</summary>
    public string ConsentGiver { get; init; } = "";

    /// <summary>同意者役職.</summary>
    public string ConsentPost { get; init; } = "";

    /// <summary>同意日.</summary>
    public DateOnly? ConsentDate { get; init; }

    /// <summary>アカウント診断: 可 / 不可; 不可 where blank.</summary>
    public string AccountChecks { get; init; } = "";
}

/// <summary>One vendor (ベンダ) of a line as typed.</summary>
/// <param name="LineId">回線ID.</param>
/// <param name="Role">役割: 回線 / 保守 / 監視 / 電子カルテ.</param>
/// <param name="Company">ベンダ名.</param>
/// <param name="Person">担当者.</param>
/// <param name="Mail">メールアドレス.</param>
public sealed record VendorAnswer(string LineId, string Role, string Company, string Person, string Mail);

/// <summary>A candidate window or a time to avoid as typed.</summary>
/// <param name="Start">開始.</param>
/// <param name="End">終了.</param>
/// <param name="Reason">理由 (times to avoid only).</param>
public sealed record PeriodAnswer(DateTimeOffset? Start, DateTimeOffset? End, string Reason = "");

/// <summary>A same-day confirmation (当日IP確認) as typed.</summary>
/// <param name="LineId">回線ID.</param>
/// <param name="Address">確認したIPアドレス.</param>
/// <param name="ConfirmedAt">確認日時.</param>
/// <param name="ConfirmedBy">確認者.</param>
public sealed record SameDayAnswer(string LineId, string Address, DateTimeOffset? ConfirmedAt, string ConfirmedBy);
