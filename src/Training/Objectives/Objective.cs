namespace GanPipeline.Training.Objectives;

/// <summary>
/// What the two networks minimise, as functions of how real the discriminator finds samples (<see cref="Networks.DiscriminatorOutput.Realness"/>, [N, 1]).
/// A new objective is one new file: a class that derives from this one and is found by its <see cref="Name"/>.
/// </summary>
internal abstract class Objective
{
    private static readonly Dictionary<string, Objective> Known = typeof(Objective).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(Objective)) && !t.IsAbstract)
        .Select(t => (Objective)Activator.CreateInstance(t)!).ToDictionary(o => o.Name, StringComparer.Ordinal);

    /// <summary>The name in presets.</summary>
    public abstract string Name { get; }

    /// <summary>Logits L that it wants of the discriminator.</summary>
    public virtual int Logits => 1;

    /// <summary>Whether D is taught a target for real samples, which label smoothing can lower.</summary>
    public virtual bool HasTargets => false;

    /// <summary>Whether G's loss depends on real samples too.</summary>
    public virtual bool ComparesWithReal => false;

    /// <summary>The discriminator's loss (a scalar).</summary>
    /// <param name="real">[N, 1] realness of real samples.</param>
    /// <param name="fake">[N, 1] realness of generated samples.</param>
    /// <param name="target">The target of D for real samples, 0.5 to 1; other than 1 only where <see cref="HasTargets"/>.</param>
    public abstract Tensor DiscriminatorLoss(Tensor real, Tensor fake, double target);

    /// <summary>The generator's loss (a scalar).</summary>
    /// <param name="fake">[N, 1] realness of generated samples.</param>
    /// <param name="real">[N, 1] realness of real samples; null unless <see cref="ComparesWithReal"/>.</param>
    public abstract Tensor GeneratorLoss(Tensor fake, Tensor? real);

    /// <summary>The score that people read, from the realness of one sample: a probability where the objective makes D's output one, else the output
    /// itself.</summary>
    public virtual double Score(double realness) => realness;

    /// <summary>
    /// The realness from which on D counts a sample as real; null where only the order of two samples means anything, and D is right about a pair when the real
    /// one is above.
    /// </summary>
    public virtual double? Threshold => null;

    /// <summary>The registered objective of that name.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static Objective Named(string name) => Known.TryGetValue(name, out Objective? objective) ? objective
        : throw new UserErrorException(
            $"'objective' is '{name}', which does not exist{Nearest.Hint(name, Known.Keys)}; there are {string.Join(", ", Known.Keys.Order())}.");
}

/// <summary>An objective whose discriminator loss is a sum over real and over generated samples, so that D can step on each by itself.</summary>
internal abstract class SeparableObjective : Objective
{
    /// <summary>The part of the discriminator's loss for real samples.</summary>
    public abstract Tensor RealLoss(Tensor real, double target);

    /// <summary>The part for generated samples.</summary>
    public abstract Tensor FakeLoss(Tensor fake);

    /// <inheritdoc/>
    public sealed override Tensor DiscriminatorLoss(Tensor real, Tensor fake, double target) => RealLoss(real, target).Plus(FakeLoss(fake));
}
