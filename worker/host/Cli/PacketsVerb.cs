using System.CommandLine;
using System.Globalization;
using VulnDiag.Domain.Scheduling;
using VulnDiag.Engine.Packets;
using VulnDiag.Model;

namespace VulnDiag.Worker.Cli;

/// <summary><c>packets</c>: answers "was that you at 14:03:22 on port 443?" from the packet logs.</summary>
internal sealed class PacketsVerb : IVerb
{
    private const int DefaultTolerance = 5, MaxTolerance = 86_400, MostLines = 20;
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    public Command Build(VerbHost host)
    {
        var at = new Option<string>("--at") { Description = "The time asked about, ISO 8601; without an offset it is Japan's: 2026-11-24T14:03:22.", HelpName = "TIME", Required = true };
        var port = new Option<int?>("--port") { Description = "The port; without it, any.", HelpName = "PORT" };
        var address = new Option<string?>("--address") { Description = "The address; without it, any.", HelpName = "IP" };
        var within = new Option<int>("--within") { Description = "How many seconds the asker's clock may be off.", HelpName = "SECONDS", DefaultValueFactory = static _ => DefaultTolerance };
        var logs = new Argument<string[]>("LOG") { Description = "Packet logs (RESULT.json.packets.csv); without any, those of the worker's scans.", Arity = ArgumentArity.ZeroOrMore };
        var json = VerbHost.JsonOption();
        within.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > MaxTolerance) result.AddError($"--within must be 0 to {MaxTolerance}.");
        });
        var command = new Command("packets", "Answers from the packet logs whether packets at a time were ours: yes or no, how many, when.") { at, port, address, within, json, logs };
        command.SetAction((result, cancellationToken) => AnswerAsync(
            host,
            new Question(Instant(result.GetValue(at)!), result.GetValue(port), result.GetValue(address), TimeSpan.FromSeconds(result.GetValue(within))),
            result.GetValue(logs) ?? [], result.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> AnswerAsync(VerbHost host, Question question, string[] named, bool json, CancellationToken cancellationToken)
    {
        var logs = named.Length > 0 ? named : OfTheWorker(host);
        if (logs.FirstOrDefault(static log => !File.Exists(log)) is { } missing) throw new VerbFailure($"There is no packet log {missing}.");
        if (logs.Length == 0) throw new VerbFailure("The worker has no packet log yet. Name one: it lies beside the result, as RESULT.json.packets.csv.");
        var sightings = new List<Sighting>();
        foreach (var log in logs)
        {
            var entries = await PacketLog.FindAsync(log, question.At, question.Port, question.Tolerance, cancellationToken);
            sightings.AddRange(entries.Where(entry => question.Address is null || entry.Address == question.Address)
                .GroupBy(static entry => (entry.Address, entry.Protocol, entry.Port))
                .Select(group => new Sighting(log, group.Key.Address, group.Key.Protocol, group.Key.Port, group.Sum(static entry => entry.Count), Jst.Of(group.Min(static entry => entry.At)), Jst.Of(group.Max(static entry => entry.At)))));
        }

        if (json) await host.AnswerJsonAsync(new { ours = sightings.Count > 0, at = Jst.Of(question.At), withinSeconds = (int)question.Tolerance.TotalSeconds, packets = sightings.Sum(static one => one.Packets), logs = logs.Length, sightings });
        else foreach (var line in Words(question, sightings, logs.Length)) await host.Console.Out.WriteLineAsync(line);
        return ExitCode.Done;
    }

    private static IEnumerable<string> Words(Question question, List<Sighting> sightings, int logs)
    {
        var span = string.Create(CultureInfo.InvariantCulture, $"within {question.Tolerance.TotalSeconds:0} s of {Clock(question.At)}");
        if (sightings.Count == 0)
        {
            yield return $"No: {logs} packet logs hold no such packet {span}.";
            yield break;
        }

        yield return $"Yes: {sightings.Sum(static one => one.Packets)} packets {span}.";
        foreach (var one in sightings.OrderBy(static one => one.First).Take(MostLines))
            yield return $"{one.Packets} to {one.Address}, {one.Protocol.ToString().ToLowerInvariant()} port {one.Port}, {Clock(one.First)} to {Clock(one.Last)} ({one.Log})";
        if (sightings.Count > MostLines) yield return $"… and {sightings.Count - MostLines} more ports; --port and --address ask for one, --json tells all.";
    }

    private static string[] OfTheWorker(VerbHost host)
    {
        var scans = Path.Combine(host.PathOf(host.Settings.Store.Folder), "scans");
        return Directory.Exists(scans) ? Directory.GetFiles(scans, "*.packets.csv", SearchOption.AllDirectories) : [];
    }

    private static DateTimeOffset Instant(string text)
    {
        if (DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return new DateTimeOffset(local, Jst.Offset);
        if (DateTimeOffset.TryParseExact(text, [.. Formats.Select(static format => format + "K")], CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)) return instant;
        throw new VerbFailure($"--at: '{text}' is no time such as 2026-11-24T14:03:22.", ExitCode.WrongUsage);
    }

    private static string Clock(DateTimeOffset instant) => Jst.Of(instant).ToString("yyyy-MM-dd HH:mm:ss.fff 'JST'", CultureInfo.InvariantCulture);

    private sealed record Question(DateTimeOffset At, int? Port, string? Address, TimeSpan Tolerance);

    private sealed record Sighting(string Log, string Address, Transport Protocol, int Port, int Packets, DateTimeOffset First, DateTimeOffset Last);
}
