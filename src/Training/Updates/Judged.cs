using GanPipeline.Training.Networks;

namespace GanPipeline.Training.Updates;

/// <summary>A batch as the discriminator got it, and what it said.</summary>
/// <param name="Input">[N, ...shape], changed and packed.</param>
/// <param name="Verdict">D's verdict on it.</param>
internal readonly record struct Judged(Tensor Input, Verdict Verdict);
