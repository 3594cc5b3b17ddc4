namespace VulnDiag.Kintone.Stores;

/// <summary>The ids of our apps in one tenant.</summary>
/// <param name="Engagement">案件.</param>
/// <param name="Finding">指摘事項.</param>
/// <param name="Communication">通信記録.</param>
/// <param name="Exclusion">除外リスト.</param>
/// <param name="Vendor">ベンダ台帳.</param>
public sealed record KintoneAppIds(long Engagement, long Finding, long Communication, long Exclusion, long Vendor);
