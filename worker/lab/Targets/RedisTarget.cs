using System.Globalization;
using System.Net;
using System.Text;

namespace VulnDiag.Lab.Targets;

/// <summary>A Redis server without a password that says who it is and holds nothing. Source: Redis documentation, "RESP protocol" and "INFO".</summary>
public sealed class RedisTarget(IPAddress address, int port, string version) : TcpTarget(address, port)
{
    private const int MaxArguments = 64;

    internal override async Task ServeAsync(TargetLine line, CancellationToken cancellationToken)
    {
        while (await ReadCommandAsync(line, cancellationToken) is { } command)
        {
            if (command.Length == 0) continue;
            await line.WriteAsync(Answer(command.ToUpperInvariant()), cancellationToken);
            if (command.Equals("QUIT", StringComparison.OrdinalIgnoreCase)) return;
        }
    }

    /// <summary>The command's name, from an inline command or an array of bulk strings; null at the end.</summary>
    private static async Task<string?> ReadCommandAsync(TargetLine line, CancellationToken cancellationToken)
    {
        if (await line.ReadLineAsync(cancellationToken) is not { } first) return null;
        if (!first.StartsWith('*')) return first.Split(' ', 2)[0];
        if (!int.TryParse(first.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > MaxArguments) return null;

        var name = "";
        for (var index = 0; index < count; index++)
        {
            var header = await line.ReadLineAsync(cancellationToken);
            var isBulk = header is { Length: > 1 } && header[0] == '$';
            if (!isBulk || !int.TryParse(header.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)) return null;
            if (await line.ReadExactlyAsync(length, cancellationToken) is not { } argument) return null;
            if (await line.ReadLineAsync(cancellationToken) is null) return null;
            if (index == 0) name = Encoding.Latin1.GetString(argument);
        }

        return name;
    }

    private string Answer(string command) => command switch
    {
        "PING" => "+PONG\r\n",
        "INFO" => Bulk($"# Server\r\nredis_version:{version}\r\nredis_mode:standalone\r\nos:Linux 6.1.0 x86_64\r\narch_bits:64\r\ntcp_port:{EndPoint.Port}\r\n\r\n# Keyspace\r\n"),
        "DBSIZE" => ":0\r\n",
        "QUIT" => "+OK\r\n",
        _ => $"-ERR unknown command '{command}'\r\n",
    };

    private static string Bulk(string text) => $"${Encoding.UTF8.GetByteCount(text)}\r\n{text}\r\n";
}
