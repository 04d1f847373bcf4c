using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Optimization;

/// <summary>
/// Exponential moving average of a network's weights and running statistics (Yazıcı et al. 2019, "The unusual effectiveness of averaging in GAN training"),
/// kept in a second network of the same shape that samples are drawn from. The decay grows from 0 as (1 + n) / (10 + n), so the first steps are soon
/// forgotten.
/// </summary>
internal sealed class MovingAverage(FlatNetwork source, FlatNetwork average, double decay)
{
    /// <summary>Takes the source's weights in after its step number <paramref name="step"/> (from 1).</summary>
    public void Update(long step)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        double take = 1 - Math.Min(decay, (1.0 + step) / (10 + step));
        Blend(average.Parameters, source.Parameters, take);
        Blend(average.Buffers, source.Buffers, take);
    }

    private static void Blend(Tensor target, Tensor value, double take) => target.Multiply(1 - take).Add(value, take);
}
