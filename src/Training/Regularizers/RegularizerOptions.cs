using GanPipeline.Training.Data;

namespace GanPipeline.Training.Regularizers;

/// <summary>
/// A remedy for unstable training, as a preset asks for it: a penalty (<see cref="PenaltyOptions"/>), a change of what the discriminator sees
/// (<see cref="InputChangeOptions"/>), a rule for its weights (<see cref="WeightRuleOptions"/>), or one of its own kind. A new one is one new file.
/// </summary>
internal abstract record RegularizerOptions
{
    /// <summary>Checks the ranges of the options.</summary>
    public virtual void Validate() { }

    /// <summary>Why it makes no sense together with the run's other options, as the end of a sentence; null where it does.</summary>
    public virtual string? ConflictWith(RunOptions options) => null;

    /// <summary>Why it cannot be used on data of this format; null where it can.</summary>
    public virtual string? ConflictWith(SampleFormat format) => null;
}
