using GanPipeline.Training.Networks;

namespace GanPipeline.Training.Updates;

/// <summary>A batch as the discriminator got it, and its output for it.</summary>
/// <param name="Input">[N, ...shape], changed and packed.</param>
/// <param name="Output">D's output for it.</param>
internal readonly record struct DiscriminatorPass(Tensor Input, DiscriminatorOutput Output);
