using GanPipeline.Training.Networks;

namespace GanPipeline.Training.Updates;

/// <summary>What one step leaves to be measured; nothing of it has been read from the device.</summary>
/// <param name="DiscriminatorLoss">Scalar, penalties not included.</param>
/// <param name="GeneratorLoss">Scalar.</param>
/// <param name="Real">D's output for the real samples.</param>
/// <param name="Fake">D's output for the generated samples that it was trained on.</param>
/// <param name="Label">[N] int64 classes of the real samples, or null.</param>
internal readonly record struct StepResult(Tensor DiscriminatorLoss, Tensor GeneratorLoss, DiscriminatorOutput Real, DiscriminatorOutput Fake, Tensor? Label);
