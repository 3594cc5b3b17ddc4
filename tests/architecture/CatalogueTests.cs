using System.Reflection;
using VulnDiag.Domain.Lifecycle;
using VulnDiag.Domain.Steps;
using VulnDiag.Worker.Cli;

namespace VulnDiag.Architecture;

/// <summary>What reflection finds, as a contract.</summary>
public sealed class CatalogueTests
{
    private static readonly Assembly[] Products =
    [
        typeof(VulnDiag.Model.Json).Assembly, typeof(VulnDiag.Engine.ScanRunner).Assembly, typeof(EngagementLifecycle).Assembly,
        typeof(VulnDiag.Kintone.Client.KintoneClient).Assembly, typeof(VulnDiag.Mail.MailComposer).Assembly, typeof(VulnDiag.Report.ReportPrinter).Assembly,
        typeof(VulnDiag.Lab.JumpClock).Assembly, typeof(VerbCatalogue).Assembly,
    ];

    [Fact]
    public void Every_state_has_a_step_or_is_final()
    {
        Enum.GetValues<EngagementState>().Where(static state => !state.IsFinal() && StepCatalogue.Find(state) is null).ShouldBeEmpty();
    }

    [Fact]
    public void Every_kind_of_effect_has_one_handler()
    {
        var kinds = typeof(Effect).Assembly.GetTypes().Where(static type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(Effect))).Select(static type => $"{type.Name}Handler");
        var handlers = typeof(VerbCatalogue).Assembly.GetTypes().Where(static type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(VulnDiag.Worker.Effects.IEffectHandler))).Select(static type => type.Name);
        handlers.ShouldBe(kinds, ignoreOrder: true);
    }

    [Fact]
    public void Every_job_has_its_entry_in_the_schedule()
    {
        var jobs = typeof(VerbCatalogue).Assembly.GetTypes().Where(static type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(VulnDiag.Worker.Jobs.IJob)));
        var entries = typeof(VulnDiag.Worker.Schedule).GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Single().GetParameters().Select(static parameter => parameter.ParameterType);
        jobs.Except(entries).ShouldBeEmpty();
    }

    [Fact]
    public void Classes_are_sealed_unless_something_derives_from_them()
    {
        var types = Products.SelectMany(static assembly => assembly.GetTypes()).ToList();
        var bases = types.Select(static type => type.BaseType).OfType<Type>().Select(static type => type.IsGenericType ? type.GetGenericTypeDefinition() : type).ToHashSet();
        types.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false, Namespace: not null } && !bases.Contains(type) && type.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null)
            .Select(static type => type.FullName)
            .ShouldBeEmpty();
    }
}
