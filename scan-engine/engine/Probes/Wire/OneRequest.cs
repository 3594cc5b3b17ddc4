namespace VulnDiag.Engine.Probes.Wire;

/// <summary>The commonest conversation: one request, one answer.</summary>
internal static class OneRequest
{
    /// <summary>Connects, sends, reads until the answer is whole, and has it read.</summary>
    /// <param name="isWhole">Null where only a pause ends the answer.</param>
    /// <param name="read">Null when the answer is another protocol's.</param>
    /// <exception cref="LinkException">The connection failed.</exception>
    public static async ValueTask<ProbeOutcome> OverTcpAsync(
        ProbeContext context, ReadOnlyMemory<byte> request, ProbeLink.EnoughBytes? isWhole, Func<ReadOnlyMemory<byte>, Identification?> read, CancellationToken cancellationToken)
    {
        await using var link = await context.ConnectAsync(cancellationToken);
        await link.SendAsync(request, cancellationToken);
        var answer = isWhole is null ? await link.ReadAsync(cancellationToken) : await link.ReadUntilAsync(isWhole, cancellationToken);
        return answer.IsEmpty ? ProbeOutcome.Silent() : Judge(answer, read);
    }

    /// <summary>The same by one datagram.</summary>
    /// <exception cref="LinkException">The port is closed.</exception>
    public static async ValueTask<ProbeOutcome> OverUdpAsync(
        ProbeContext context, ReadOnlyMemory<byte> request, Func<ReadOnlyMemory<byte>, Identification?> read, CancellationToken cancellationToken) =>
        await context.ExchangeAsync(request, cancellationToken) is { } answer ? Judge(answer, read) : ProbeOutcome.Silent();

    private static ProbeOutcome Judge(ReadOnlyMemory<byte> answer, Func<ReadOnlyMemory<byte>, Identification?> read) =>
        read(answer) is { } found ? ProbeOutcome.Identified(found, InWords(found, answer)) : ProbeOutcome.NoMatch(Evidence.Of(answer));

    /// <summary>An answer in text stands for itself; of a binary one, what was read from it.</summary>
    private static Evidence InWords(Identification found, ReadOnlyMemory<byte> answer)
    {
        var isText = answer.Span.IndexOfAnyExceptInRange((byte)0x09, (byte)0x7E) < 0;
        return isText || found.Info is null ? Evidence.Of(answer) : Evidence.Of($"{found.Service}: {found.Info}");
    }
}
