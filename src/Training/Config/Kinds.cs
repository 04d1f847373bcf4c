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
/// The families of options that a preset chooses from: the kinds of one are every concrete record of this assembly that derives from it and carries a
/// <see cref="KindAttribute"/>. A new network, data set or regulariser is thus one new file, and no list has to be kept.
/// </summary>
internal static class Kinds
{
    /// <summary>Every family that a preset can choose from.</summary>
    public static IReadOnlyList<YamlKinds> All { get; } =
    [
        Of<DataOptions>("kind"), Of<GeneratorOptions>("network"), Of<DiscriminatorOptions>("network"), Of<RegularizerOptions>("name"),
        Of<UpdateOptions>("scheme"), Of<ScheduleOptions>("kind"),
    ];

    /// <summary>Reads and writes options as YAML.</summary>
    public static YamlBinder Binder { get; } = new(All);

    /// <summary>The kind name of an options object.</summary>
    public static string NameOf(object options) => All.First(k => k.Family.IsInstanceOfType(options)).NameOf(options);

    private static YamlKinds Of<T>(string key) => new(typeof(T), key, typeof(Kinds).Assembly.GetTypes()
        .Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(T)) && t.GetCustomAttribute<KindAttribute>() is not null)
        .ToDictionary(t => t.GetCustomAttribute<KindAttribute>()!.Name, StringComparer.Ordinal));
}
