using System.CommandLine;
using System.Reflection;
using VulnDiag.Worker.Doctor;

namespace VulnDiag.Worker.Cli;

/// <summary><c>doctor</c>: says in words what to mend.</summary>
internal sealed class DoctorVerb : IVerb
{
    private static readonly IReadOnlyList<IDoctorCheck> Checks =
        [.. Assembly.GetExecutingAssembly().GetTypes()
            .Where(static type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IDoctorCheck)))
            .OrderBy(static type => type.Name, StringComparer.Ordinal)
            .Select(static type => (IDoctorCheck)Activator.CreateInstance(type)!)];

    public Command Build(VerbHost host)
    {
        var json = VerbHost.JsonOption();
        var doctor = new Command("doctor", "Looks at settings, kintone, mail, fonts, disk and the like, and says what to mend. Changes nothing.") { json };
        doctor.SetAction((result, cancellationToken) => RunAsync(host, result.GetValue(json), cancellationToken));
        return doctor;
    }

    private static async Task<int> RunAsync(VerbHost host, bool json, CancellationToken cancellationToken)
    {
        var room = new DoctorRoom(host.Settings, WorkerPaths.Of(host.Settings, host.Console.Home), host.Console);
        var found = new List<Diagnosis>();
        foreach (var check in Checks)
        {
            found.Add(await LookAsync(check, room, cancellationToken));
            if (!json) await host.Console.Out.WriteLineAsync($"{Mark(found[^1].Verdict)} {found[^1].Check}: {found[^1].Words}");
        }

        if (json) await host.AnswerJsonAsync(found);
        return found.Exists(static diagnosis => diagnosis.Verdict == Verdict.Mend) ? ExitCode.Failed : ExitCode.Done;
    }

    // One check that cannot be made keeps none of the others from being made.
    private static async Task<Diagnosis> LookAsync(IDoctorCheck check, DoctorRoom room, CancellationToken cancellationToken)
    {
        try
        {
            return await check.LookAsync(room, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return new Diagnosis(check.Name, Verdict.Mend, FailureWords.Of(fault));
        }
    }

    private static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Good => "ok   ",
        Verdict.Look => "look ",
        Verdict.Mend => "MEND ",
    };
}
