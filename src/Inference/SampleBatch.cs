namespace GanPipeline.Inference;

/// <summary>Some samples of a stream. The memory is used again for the next batch: copy what is kept.</summary>
/// <param name="FirstSample">Index of the first sample in the stream of its seed.</param>
/// <param name="Labels">[N] class indices; empty for a generator without classes.</param>
/// <param name="Samples">[N, ...sample shape], row-major, in the data's own units.</param>
public readonly record struct SampleBatch(ulong FirstSample, ReadOnlyMemory<long> Labels, ReadOnlyMemory<float> Samples);
