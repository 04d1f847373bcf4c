namespace GanPipeline.Training.Data;

/// <summary>Gaussians in the plane, generated from the seed: a set whose modes can be counted.</summary>
internal abstract record ModesDataOptions : DataOptions
{
    protected ModesDataOptions(double deviation, int train) => (Deviation, Train) = (deviation, train);

    /// <summary>Standard deviation of each coordinate around its mode.</summary>
    public double Deviation { get; set; }

    /// <summary>Points in the training part.</summary>
    public int Train { get; set; }

    /// <summary>Points in the test part.</summary>
    public int Test { get; set; } = 10_000;

    /// <inheritdoc/>
    public override bool NeedsPath => false;

    /// <summary>x and y of each mode, one after the other.</summary>
    protected abstract IEnumerable<double> Centres { get; }

    /// <inheritdoc/>
    public override void Validate()
    {
        Require.That(Deviation is >= 0 and <= 1e6, "data.deviation", "must be between 0 and 1000000", Deviation);
        Require.That(Train is >= 1 and <= 100_000_000, "data.train", "must be between 1 and 100000000", Train);
        Require.That(Test is >= 1 and <= 100_000_000, "data.test", "must be between 1 and 100000000", Test);
    }

    /// <inheritdoc/>
    public override Dataset Load(string? path, DataSplit split, ulong seed)
    {
        string name = Kinds.NameOf(this);
        if (path is not null) throw new UserErrorException($"the preset generates its data ({name}) and reads none; leave --data out.");
        return new PointModes([.. Centres.Select(c => (float)c)], Deviation).Draw(name, split == DataSplit.Train ? Train : Test, split, seed);
    }
}
