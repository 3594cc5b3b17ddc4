using System.Reflection;

namespace VulnDiag.Engine.Probes;

/// <summary>Every probe of this assembly, found once by reflection and sorted by id.</summary>
internal static class ProbeCatalogue
{
    /// <summary>All probes.</summary>
    public static IReadOnlyList<IServiceProbe> All { get; } =
        [.. Assembly.GetExecutingAssembly().GetTypes()
            .Where(static type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IServiceProbe)))
            .Select(static type => (IServiceProbe)Activator.CreateInstance(type, nonPublic: true)!)
            .OrderBy(static probe => probe.Info.Id, StringComparer.Ordinal)];
}
