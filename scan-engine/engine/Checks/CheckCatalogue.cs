using System.Reflection;

namespace VulnDiag.Engine.Checks;

/// <summary>Every check of this assembly, found once by reflection and sorted by id.</summary>
internal static class CheckCatalogue
{
    /// <summary>Checks that only judge.</summary>
    public static IReadOnlyList<ICheck> Passive { get; } = [.. Find<ICheck>().OrderBy(static check => check.Id, StringComparer.Ordinal)];

    /// <summary>Checks that send.</summary>
    public static IReadOnlyList<IActiveCheck> Active { get; } = [.. Find<IActiveCheck>().OrderBy(static check => check.Id, StringComparer.Ordinal)];

    private static IEnumerable<T> Find<T>() => Assembly.GetExecutingAssembly().GetTypes()
        .Where(static type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(T)))
        .Select(static type => (T)Activator.CreateInstance(type, nonPublic: true)!);
}
