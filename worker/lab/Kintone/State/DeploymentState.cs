namespace VulnDiag.Lab.Kintone.State;

/// <summary>How an app's last deployment stands. Source: kintone, "アプリの設定の運用環境への反映状況を確認する".</summary>
internal enum DeploymentState
{
    /// <summary>Done, or nothing ever asked for: kintone calls an idle app successful.</summary>
    Success,

    /// <summary>Under way.</summary>
    Processing,
}
