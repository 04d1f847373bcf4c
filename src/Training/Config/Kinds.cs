using System.Reflection;
using GanPipeline.Training.Data;
using GanPipeline.Training.Networks;
using GanPipeline.Training.Optimization.Schedules;
using GanPipeline.Training.Regularizers;
using GanPipeline.Training.Updates;

namespace GanPipeline.Training.Config;

/// <summary>Names the kind under which a preset asks for this options record, for example <c>network: mlp</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KindAttribute(string name) : Attribute
{
    /// <summary>The name in the preset.</summary>
    public string Name { get; } = name;
}

/// <summary>
/// The registered kinds of a family of options: every concrete record of this assembly that derives from <paramref name="Family"/> and carries a
/// <see cref="KindAttribute"/>. A new network, data set or regulariser is thus one new file, and no list has to be kept.
/// </summary>
/// <param name="Family">The abstract options record.</param>
/// <param name="Key">The preset's key that names the kind.</param>
internal sealed record Kinds(Type Family, string Key)
{
    /// <summary>Every family that a preset can choose from.</summary>
    public static IReadOnlyList<Kinds> All { get; } =
    [
        new(typeof(DataOptions), "kind"), new(typeof(GeneratorOptions), "network"),
        new(typeof(DiscriminatorOptions), "network"), new(typeof(RegularizerOptions), "name"),
        new(typeof(UpdateOptions), "scheme"), new(typeof(ScheduleOptions), "kind"),
    ];

    /// <summary>Kind name to options type.</summary>
    public IReadOnlyDictionary<string, Type> Types { get; } = typeof(Kinds).Assembly.GetTypes()
        .Where(t => !t.IsAbstract && t.IsAssignableTo(Family) && t.GetCustomAttribute<KindAttribute>() is not null)
        .ToDictionary(t => t.GetCustomAttribute<KindAttribute>()!.Name, StringComparer.Ordinal);

    /// <summary>The kind name of an options object.</summary>
    public static string NameOf(object options) => options.GetType().GetCustomAttribute<KindAttribute>()?.Name
        ?? throw new UserErrorException($"'{options.GetType().Name}' has no kind: the preset must state it.");
}
