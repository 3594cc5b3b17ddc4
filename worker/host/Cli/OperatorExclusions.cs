using VulnDiag.Kintone.Stores;
using VulnDiag.Worker.Composition;

namespace VulnDiag.Worker.Cli;

/// <summary>除外リスト for an operator's own authorisation: it holds there as everywhere.</summary>
internal static class OperatorExclusions
{
    /// <summary>The ranges in force now; none, said aloud, where no kintone is set up.</summary>
    /// <exception cref="Kintone.Client.KintoneException">kintone is set up but cannot be read: then nothing is authorised.</exception>
    internal static async Task<IReadOnlyList<string>> InForceAsync(VerbHost host, CancellationToken cancellationToken)
    {
        if (host.Settings.Kintone.Url.Length == 0)
        {
            await host.Console.Error.WriteLineAsync("Kintone:Url is not set, so no exclusion list is asked.");
            return [];
        }

        using var client = KintoneDoor.Open(host.Settings, host.Console.Home, host.Console.Time);
        var apps = await KintoneDoor.Apps(client, host.Settings.Kintone.Url, host.Settings.Kintone, host.Console.Home).IdsAsync(cancellationToken);
        var rows = await new ExclusionStore(client, apps).LoadAsync(cancellationToken);
        return [.. ExclusionList.InForce(rows, host.Console.Time.GetUtcNow()).Select(static range => range.ToString())];
    }
}
