namespace GanPipeline.Training.Updates;

/// <summary>In what order the two networks move within a step, and what they move on; a new scheme is one new file.</summary>
internal abstract record UpdateOptions
{
    /// <summary>Checks the ranges of the options.</summary>
    public virtual void Validate() { }

    /// <summary>Why it makes no sense together with the run's other options; null where it does.</summary>
    public virtual string? ConflictWith(RunOptions options) => null;

    /// <summary>Batches of real samples that one step takes.</summary>
    public virtual int BatchesPerStep => 1;

    /// <summary>Takes one step: the generator moves once.</summary>
    public abstract StepResult Step(GanPair pair, Draws draws);
}
