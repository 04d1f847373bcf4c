namespace GanPipeline.Training.Data;

/// <summary>A data set as a preset asks for it.</summary>
internal abstract record DataOptions
{
    /// <summary>True if the set is read from a folder or file that the user names; false if it is generated from the seed.</summary>
    public abstract bool NeedsPath { get; }

    /// <summary>Checks the ranges of the options.</summary>
    public abstract void Validate();

    /// <summary>These options, with a part of the data kept apart to evaluate on where they keep none.</summary>
    public virtual DataOptions WithTestPart() => this;

    /// <summary>Reads or generates the set, on the CPU.</summary>
    /// <param name="path">Folder or file that the user named, or null.</param>
    /// <param name="split">Which part of the set.</param>
    /// <param name="seed">Seed of the run, for sets that are generated.</param>
    /// <exception cref="UserErrorException">The files are missing, damaged or do not belong together.</exception>
    public abstract Dataset Load(string? path, DataSplit split, ulong seed);
}

/// <summary>What a preset without a <c>data</c> key has.</summary>
internal sealed record MissingDataOptions : DataOptions
{
    public override bool NeedsPath => false;

    public override void Validate() => throw new UserErrorException("the preset has no 'data'; add for example 'data: { kind: idx }'.");

    public override Dataset Load(string? path, DataSplit split, ulong seed) => throw new InvalidOperationException("Validate refuses this.");
}
