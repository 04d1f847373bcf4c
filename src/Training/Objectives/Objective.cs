using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using static TorchSharp.torch;

namespace GanPipeline.Training.Objectives;

/// <summary>
/// What the two networks minimise, as functions of the discriminator's logits [N, L]. A new objective is one new file: a class that derives
/// from this one and is found by its <see cref="Name"/>.
/// </summary>
public abstract class Objective
{
    private static readonly Dictionary<string, Objective> Known = typeof(Objective).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(Objective)) && !t.IsAbstract)
        .Select(t => (Objective)Activator.CreateInstance(t)!).ToDictionary(o => o.Name, StringComparer.Ordinal);

    /// <summary>The name in presets.</summary>
    public abstract string Name { get; }

    /// <summary>Logits L that it wants of the discriminator.</summary>
    public virtual int Logits => 1;

    /// <summary>The discriminator's loss (a scalar) for logits of real and of generated samples.</summary>
    public abstract Tensor DiscriminatorLoss(Tensor real, Tensor fake);

    /// <summary>The generator's loss (a scalar) for logits of generated samples.</summary>
    public abstract Tensor GeneratorLoss(Tensor fake);

    /// <summary>The registered objective of that name.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static Objective Named(string name) => Known.TryGetValue(name, out Objective? objective) ? objective
        : throw new UserErrorException(
            $"'objective' is '{name}', which does not exist{Nearest.Hint(name, Known.Keys)}; there are {string.Join(", ", Known.Keys.Order())}.");
}
