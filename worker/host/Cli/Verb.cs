using System.CommandLine;
using System.Reflection;

namespace VulnDiag.Worker.Cli;

/// <summary>One verb of the command line. A file each, found by reflection; answers go to standard output, the rest to standard error.</summary>
internal interface IVerb
{
    /// <summary>The command with its options, arguments and action. The action returns an <see cref="ExitCode"/> or throws.</summary>
    Command Build(VerbHost host);
}

/// <summary>Every verb, found once and sorted by name.</summary>
internal static class VerbCatalogue
{
    internal static IReadOnlyList<IVerb> All { get; } =
        [.. Assembly.GetExecutingAssembly().GetTypes()
            .Where(static type => type is { IsAbstract: false, IsInterface: false } && type.IsAssignableTo(typeof(IVerb)))
            .OrderBy(static type => type.Name, StringComparer.Ordinal)
            .Select(static type => (IVerb)Activator.CreateInstance(type)!)];
}
