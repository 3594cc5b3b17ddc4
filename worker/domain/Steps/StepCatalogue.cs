using System.Reflection;
using VulnDiag.Domain.Lifecycle;

namespace VulnDiag.Domain.Steps;

/// <summary>Every step, found once by reflection.</summary>
public static class StepCatalogue
{
    private static readonly Dictionary<EngagementState, IStep> Steps = Assembly.GetExecutingAssembly().GetTypes()
        .Where(static type => !type.IsAbstract && type.IsAssignableTo(typeof(IStep)))
        .Select(static type => (IStep)Activator.CreateInstance(type)!)
        .ToDictionary(static step => step.State);

    /// <summary>The step of a state, or null where the worker has nothing to do.</summary>
    public static IStep? Find(EngagementState state) => Steps.GetValueOrDefault(state);
}
