using System.CommandLine;
using VulnDiag.Mail.Incoming;

namespace VulnDiag.Worker.Cli;

/// <summary><c>mail classify</c>: what kind of mail each file is.</summary>
internal sealed class MailVerb : IVerb
{
    public Command Build(VerbHost host)
    {
        var files = new Argument<string[]>("FILE") { Description = "Mails as they came (.eml).", Arity = ArgumentArity.OneOrMore };
        var classify = new Command("classify", "Says of each mail what it is: one JSON object a line.") { files };
        classify.SetAction((result, cancellationToken) => ClassifyAsync(host, result.GetValue(files)!, cancellationToken));
        return new Command("mail", "Inbound mails.") { classify };
    }

    private static async Task<int> ClassifyAsync(VerbHost host, string[] files, CancellationToken cancellationToken)
    {
        var missing = files.Where(static file => !File.Exists(file)).ToList();
        foreach (var file in files.Except(missing))
        {
            var mail = InboundReader.Read(await File.ReadAllBytesAsync(file, cancellationToken));
            await host.AnswerJsonAsync(new
            {
                file,
                kind = mail.Kind,
                recipient = mail.Recipient,
                status = mail.Status,
                reference = mail.Reference,
                answer = mail.Form?.Summary() ?? new Dictionary<string, string>(),
                text = mail.Text,
            });
        }

        return missing.Count == 0 ? ExitCode.Done : throw new VerbFailure($"There is no file {string.Join(", ", missing)}.");
    }
}
