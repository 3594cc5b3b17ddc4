using System.CommandLine;
using System.Globalization;
using VulnDiag.VulnDb.Cvss;
using VulnDiag.VulnDb.Store;
using VulnDiag.Worker.Feeds;

namespace VulnDiag.Worker.Cli;

/// <summary><c>vulndb</c>: loads the vulnerability database, says how fresh it is, asks it, and scores vectors.</summary>
internal sealed class VulndbVerb : IVerb
{
    public Command Build(VerbHost host) =>
        new("vulndb", "The vulnerability database: NVD, CVE, KEV, EPSS, JVN and distributions' fixes.") { Update(host), VulndbStatus.Build(host), VulndbMatch.Build(host), Score(host) };

    /// <summary>The option that names another database than the settings'.</summary>
    internal static Option<string?> DatabaseOption() => new("--database") { Description = "Another database than VulnDb:Database of the settings.", HelpName = "FILE" };

    internal static string PathOf(VerbHost host, string? database) => database is null ? host.PathOf(host.Settings.VulnDb.Database) : Path.GetFullPath(database);

    private static Command Update(VerbHost host)
    {
        var from = new Option<string?>("--from") { Description = "Folder of feed files, plain, .gz or .zip; subfolders too. Kinds are told by content. Without it the addresses of VulnDb:Feeds are fetched.", HelpName = "DIR" };
        var (database, json) = (DatabaseOption(), VerbHost.JsonOption());
        var command = new Command("update", "Loads feed files. Readers see the old data until everything is in; a broken file leaves what was there.") { from, database, json };
        command.SetAction((result, cancellationToken) => UpdateAsync(host, result.GetValue(from), PathOf(host, result.GetValue(database)), result.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> UpdateAsync(VerbHost host, string? folder, string database, bool json, CancellationToken cancellationToken)
    {
        if (folder is null && host.Settings.VulnDb.Feeds.Count == 0) throw new VerbFailure("Give a folder by --from, or name addresses of feeds in VulnDb:Feeds of the settings.", ExitCode.WrongUsage);
        if (folder is not null && !Directory.Exists(folder)) throw new VerbFailure($"There is no folder {folder}.");
        Directory.CreateDirectory(Path.GetDirectoryName(database)!);
        var words = json ? host.Console.Error : host.Console.Out;
        var files = await LoadAsync(host, folder, database, words, cancellationToken);
        foreach (var file in files) await words.WriteLineAsync(Words(file));
        if (json) await host.AnswerJsonAsync(files);
        return files.Any(static file => file.Failure is not null) ? ExitCode.Failed : ExitCode.Done;
    }

    private static async Task<IReadOnlyList<FileReport>> LoadAsync(VerbHost host, string? folder, string database, TextWriter words, CancellationToken cancellationToken)
    {
        try
        {
            if (folder is not null) return await Task.Run(() => DatabaseUpdate.Run(folder, database, host.Console.Time, cancellationToken), cancellationToken);
            using var feeds = new FeedUpdate(host.Settings.VulnDb, database, host.Console.Time);
            return await feeds.RunAsync(words.WriteLineAsync, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw new VerbFailure(exception.Message);
        }
    }

    private static string Words(FileReport file)
    {
        if (file.Failure is not null) return $"{file.File}: nothing of it was loaded. {file.Failure}";
        if (file.Feed is null) return $"{file.File}: skipped, as it is no feed that we know.";
        var skipped = file.Skipped.Count == 0 ? "" : $"; {file.Skipped.Count} could not be read, the first: {file.Skipped[0]}";
        var differing = file.ScoreDifferences is [var first, ..]
            ? string.Create(CultureInfo.InvariantCulture, $"; {file.ScoreDifferences.Count} scores are not what their vector gives, the first: {first.Cve} {first.Vector} is {first.Reckoned?.ToString("0.0", CultureInfo.InvariantCulture) ?? "not valid"}, not {first.Printed:0.0}")
            : "";
        return $"{file.File}: {file.Records} records of {file.Feed}{skipped}{differing}";
    }

    private static Command Score(VerbHost host)
    {
        var file = new Argument<string>("FILE") { Description = "A CVSS vector a line: v2, v3.0, v3.1 or v4.0." };
        var command = new Command("score", "Prints VECTOR,SCORE for each line, in order; the score of all the metrics given. Exit code 1 when a vector is not valid.") { file };
        command.SetAction((result, cancellationToken) => ScoreAsync(host, result.GetValue(file)!, cancellationToken));
        return command;
    }

    private static async Task<int> ScoreAsync(VerbHost host, string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file)) throw new VerbFailure($"There is no file {file}.");
        var valid = true;
        await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
        {
            var vector = CvssVector.Parse(line.Trim());
            valid &= vector is not null;
            await host.Console.Out.WriteLineAsync($"{line.Trim()},{vector?.Score.ToString("0.0", CultureInfo.InvariantCulture)}");
        }

        return valid ? ExitCode.Done : ExitCode.Failed;
    }

    internal static VulnDatabase Open(string file)
    {
        try
        {
            return VulnDatabase.Open(file);
        }
        catch (Exception exception) when (exception is FileNotFoundException or InvalidDataException)
        {
            throw new VerbFailure(exception.Message);
        }
    }
}
