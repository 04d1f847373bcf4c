namespace GanPipeline.Inference;

/// <summary>How a generator file is opened and run.</summary>
public sealed record GeneratorSessionOptions
{
    /// <summary>For a program that generates many samples: all processors, on up to eight batches at a time.</summary>
    public static GeneratorSessionOptions ForStreams { get; } = new()
    {
        Batches = Math.Min(Environment.ProcessorCount, 8),
        Threads = Math.Max(1, Environment.ProcessorCount / 8),
    };

    private readonly int? _batchSize;
    private readonly int _threads = Environment.ProcessorCount;
    private readonly int _batches = 1;
    private readonly long _maxFileBytes = 1L << 30;

    /// <summary>
    /// Samples that are computed together at most, 1 to 65536; when left out, as many as is quickest for the network. It changes the speed, not the samples.
    /// </summary>
    public int? BatchSize
    {
        get => _batchSize;
        init => _batchSize = value is null or (>= 1 and <= 65536)
            ? value : throw new ArgumentOutOfRangeException(nameof(BatchSize), value, "must be between 1 and 65536");
    }

    /// <summary>Threads that one batch is computed with, at least 1; one per processor when left out. It changes the speed, not the samples.</summary>
    public int Threads
    {
        get => _threads;
        init => _threads = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Threads), value, "must be at least 1");
    }

    /// <summary>
    /// Batches that a stream or a step of ML.NET computes at the same time, at least 1, each with <see cref="Threads"/> threads and memory of its own. For
    /// small networks two batches on a thread each are quicker than one batch on two, whose threads wait for each other layer by layer (rows of a table of 15
    /// columns on two cores: 2.6 times). It changes the speed, not the samples.
    /// </summary>
    public int Batches
    {
        get => _batches;
        init => _batches = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Batches), value, "must be at least 1");
    }

    /// <summary><c>cpu</c>; <c>cuda</c> or <c>cuda:N</c> (an error where there is none); or <c>auto</c> (CUDA if it is there, else the CPU).</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>The largest file that is opened, in bytes.</summary>
    public long MaxFileBytes
    {
        get => _maxFileBytes;
        init => _maxFileBytes = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaxFileBytes), value, "must be at least 1");
    }
}
