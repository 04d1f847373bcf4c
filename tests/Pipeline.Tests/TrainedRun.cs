namespace GanPipeline.Pipeline.Tests;

/// <summary>A run of two half-moons and its generator, trained for a few steps and shared by the tests that need one.</summary>
public sealed class TrainedRun : IDisposable
{
    private readonly TemporaryFolder _space = new();

    public TrainedRun()
    {
        Training = new Host().Call(host => Gan.Train(Options(_space["run"]), host, host));
        Export = new Host().Call(_ => Gan.Export(new ExportRunOptions(Training.Folder)));
    }

    public TrainResult Training { get; }

    public ExportResult Export { get; }

    public static TrainOptions Options(string folder) => new("moons-cgan", folder) { Steps = 20, Epochs = 4, Batch = 32, Seed = 3, Threads = 1 };

    public void Dispose() => _space.Dispose();
}

/// <summary>Tests that see to it that nothing is printed, which only one at a time can.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneAtATime : ICollectionFixture<TrainedRun>
{
    public const string Name = "stages";
}
