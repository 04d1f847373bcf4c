using GanPipeline.Training.Networks;

namespace GanPipeline.Training.Updates;

/// <summary>What one step leaves to be measured; nothing of it has been read from the device.</summary>
/// <param name="DiscriminatorLoss">Scalar, penalties not included.</param>
/// <param name="GeneratorLoss">Scalar.</param>
/// <param name="Real">D's verdict on the real samples.</param>
/// <param name="Fake">D's verdict on the generated samples that it learned from.</param>
/// <param name="Label">[N] int64 classes of the real samples, or null.</param>
internal readonly record struct StepResult(Tensor DiscriminatorLoss, Tensor GeneratorLoss, Verdict Real, Verdict Fake, Tensor? Label);
