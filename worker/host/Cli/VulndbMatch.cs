using System.CommandLine;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using VulnDiag.Engine.Fingerprints;
using VulnDiag.Model;
using VulnDiag.VulnDb.Cpe;
using VulnDiag.VulnDb.Matching;
using VulnDiag.VulnDb.Store;

namespace VulnDiag.Worker.Cli;

/// <summary><c>vulndb match</c>: which CVEs a product of this version has; one question, or one a line.</summary>
internal static partial class VulndbMatch
{
    private const int RememberedAnswers = 500;

    private sealed record Question(JToken? Id, string? Cpe, string? Banner, string? Service, string? Platform, string? Distro);

    internal static Command Build(VerbHost host)
    {
        var cpe = new Option<string?>("--cpe") { Description = "CPE 2.3 name of what was found.", HelpName = "CPE" };
        var banner = new Option<string?>("--banner") { Description = "The raw text that a server sent.", HelpName = "TEXT" };
        var service = new Option<string?>("--service") { Description = "Service that sent the banner, where known: ssh, http, smtp, ftp, domain …", HelpName = "NAME" };
        var platform = new Option<string?>("--platform") { Description = "CPE 2.3 name of what it runs on, where known.", HelpName = "CPE" };
        var distro = new Option<string?>("--distro") { Description = "Distribution and release or package version, where known.", HelpName = "TEXT" };
        var batch = new Option<string?>("--batch") { Description = "A JSON object a line: id, cpe or banner, service, platform, distro. Answers one a line.", HelpName = "FILE.jsonl" };
        var (database, json) = (VulndbVerb.DatabaseOption(), VerbHost.JsonOption());
        var command = new Command("match", "Matches a product's version with the CVEs that it has.") { cpe, banner, service, platform, distro, batch, database, json };
        command.Validators.Add(result =>
        {
            var asked = new[] { result.GetValue(cpe), result.GetValue(banner), result.GetValue(batch) }.Count(static value => value is not null);
            if (asked != 1) result.AddError("Give one of --cpe, --banner and --batch.");
        });
        command.SetAction((result, cancellationToken) =>
        {
            var path = VulndbVerb.PathOf(host, result.GetValue(database));
            return result.GetValue(batch) is { } file
                ? BatchAsync(host, path, file, cancellationToken)
                : OneAsync(host, path, new Question(null, result.GetValue(cpe), result.GetValue(banner), result.GetValue(service), result.GetValue(platform), result.GetValue(distro)), result.GetValue(json));
        });
        return command;
    }

    private static async Task<int> OneAsync(VerbHost host, string path, Question question, bool json)
    {
        using var database = VulndbVerb.Open(path);
        if (question.Cpe is not null && CpeName.Parse(question.Cpe) is null) throw new VerbFailure($"'{question.Cpe}' is no CPE name, such as cpe:2.3:a:openbsd:openssh:9.2:p1:*:*:*:*:*:*.", ExitCode.WrongUsage);
        if (question.Platform is not null && CpeName.Parse(question.Platform) is null) throw new VerbFailure($"'{question.Platform}' is no CPE name.", ExitCode.WrongUsage);
        var answer = Answer(database, question);
        if (json) await host.AnswerJsonAsync(answer);
        else await WriteAsync(host.Console.Out, answer);
        return ExitCode.Done;
    }

    private static async Task<int> BatchAsync(VerbHost host, string path, string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(file)) throw new VerbFailure($"There is no file {file}.");
        using var database = VulndbVerb.Open(path);
        var known = new Dictionary<Question, VulndbAnswer>();
        await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
        {
            if (Read(line) is not { } question)
            {
                await host.Console.Error.WriteLineAsync("A line is no JSON object; it is answered without matches.");
                await host.AnswerJsonAsync(new VulndbAnswer());
                continue;
            }

            // Many hosts run the same version: a question is asked once, as long as not too many answers are held.
            if (known.Count == RememberedAnswers) known.Clear();
            var asked = question with { Id = null };
            if (!known.TryGetValue(asked, out var answer)) known[asked] = answer = Answer(database, asked);
            await host.AnswerJsonAsync(answer with { Id = question.Id });
        }

        return ExitCode.Done;
    }

    private static Question? Read(string line)
    {
        try
        {
            var record = Json.ReadObject(line);
            string? Text(string name) => record[name] is JValue { Value: string text } ? text : null;
            return new Question(record["id"], Text("cpe"), Text("banner"), Text("service"), Text("platform"), Text("distro"));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static VulndbAnswer Answer(VulnDatabase database, Question question)
    {
        var readings = question.Banner is null ? [] : BannerReader.ReadAll(question.Banner, question.Service);
        CpeName[] platforms = [.. new[] { CpeName.Parse(question.Platform ?? "") }.OfType<CpeName>()];
        var brackets = InBrackets().Matches(question.Banner ?? "").Select(static match => match.Value).ToList();
        var queries = readings
            .SelectMany(reading => Named(reading.Cpe, reading.Info is { } info ? [info, .. brackets] : brackets)
                .Select(query => query with { NeighbourTexts = [.. readings.Where(other => other != reading).Select(static other => other.Info).OfType<string>()] }))
            .Concat(Named([question.Cpe ?? ""], brackets))
            .Select(query => query with { Platforms = platforms, Distribution = question.Distro })
            .DistinctBy(static query => query.Product)
            .ToList();
        var results = queries.Select(database.Match).ToList();
        return new VulndbAnswer
        {
            Cpe = [.. queries.Select(static query => query.Product.ToString())],
            Matches = [.. results.SelectMany(static result => result.Matches).DistinctBy(static match => match.Cve).Select(VulndbAnswer.Match.Of)],
            Suppressed = [.. results.SelectMany(static result => result.Suppressed).DistinctBy(static match => match.Cve)],
        };
    }

    private static IEnumerable<MatchQuery> Named(IEnumerable<string> names, IReadOnlyList<string> texts) =>
        names.Select(CpeName.Parse).OfType<CpeName>().Select(product => new MatchQuery { Product = product, DistributionTexts = texts });

    /// <summary>Where servers name their distribution; a host name may hold the word by chance.</summary>
    [GeneratedRegex(@"\([^()]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex InBrackets();

    private static async Task WriteAsync(TextWriter writer, VulndbAnswer answer)
    {
        await writer.WriteLineAsync(answer.Cpe.Count == 0 ? "No product was recognised." : string.Join(", ", answer.Cpe));
        foreach (var match in answer.Matches)
            await writer.WriteLineAsync($"{match.Cve}  {(match.Cvss is null ? "no score" : $"{match.Cvss.Score:0.0} (v{match.Cvss.Version})")}{(match.Kev ? "  KEV" : "")}  QoD {match.Qod}  {match.Why}");
        foreach (var match in answer.Suppressed) await writer.WriteLineAsync($"{match.Cve}  suppressed: {match.Why}");
    }
}
