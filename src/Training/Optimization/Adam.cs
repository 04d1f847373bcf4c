using System.Numerics;
using System.Runtime.InteropServices;
using GanPipeline.Training.Config;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Optimization;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1) over a network's flat parameters. On the CPU one pass over memory does the whole update; on other devices a handful
/// of tensor operations do.
/// </summary>
public sealed class Adam : IDisposable
{
    private readonly FlatNetwork _network;
    private readonly AdamOptions _options;

    /// <summary>An optimiser with empty moments for a network.</summary>
    public Adam(FlatNetwork network, AdamOptions options)
    {
        (_network, _options, InOnePass) = (network, options, network.Parameters.device_type == DeviceType.CPU);
        FirstMoment = zeros_like(network.Parameters).DetachFromDisposeScope();
        SecondMoment = zeros_like(network.Parameters).DetachFromDisposeScope();
    }

    /// <summary>[P] running mean of the gradient.</summary>
    public Tensor FirstMoment { get; }

    /// <summary>[P] running mean of the squared gradient.</summary>
    public Tensor SecondMoment { get; }

    /// <summary>Steps taken so far; bias correction depends on it.</summary>
    public long Steps { get; set; }

    /// <summary>Whether the update is made in this process's memory instead of by tensor operations.</summary>
    internal bool InOnePass { get; init; }

    /// <summary>Moves the parameters against the gradients.</summary>
    public void Step()
    {
        Steps++;
        double stepSize = _options.LearningRate / (1 - Math.Pow(_options.Beta1, Steps)), rootCorrection = Math.Sqrt(1 - Math.Pow(_options.Beta2, Steps));
        if (InOnePass) StepInOnePass((float)stepSize, (float)rootCorrection);
        else StepByTensors(stepSize, rootCorrection);
    }

    private void StepByTensors(double stepSize, double rootCorrection)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor gradient = _network.Gradients;
        FirstMoment.mul_(_options.Beta1).add_(gradient, 1 - _options.Beta1);
        SecondMoment.mul_(_options.Beta2).addcmul_(gradient, gradient, 1 - _options.Beta2);
        _network.Parameters.addcdiv_(FirstMoment, SecondMoment.sqrt().div_(rootCorrection).add_(_options.Epsilon), -stepSize);
    }

    private void StepInOnePass(float stepSize, float rootCorrection)
    {
        Span<float> weight = Floats(_network.Parameters), first = Floats(FirstMoment), second = Floats(SecondMoment);
        ReadOnlySpan<float> gradient = Floats(_network.Gradients);
        float beta1 = (float)_options.Beta1, beta2 = (float)_options.Beta2, rest1 = (float)(1 - _options.Beta1), rest2 = (float)(1 - _options.Beta2);
        float epsilon = (float)_options.Epsilon;
        int i = 0;
        // The order of the operations, fused ones included, is that of libtorch's own kernels, so that the rounding is too.
        for (; i <= weight.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var g = new Vector<float>(gradient[i..]);
            Vector<float> m = Vector.MultiplyAddEstimate(g, new(rest1), new Vector<float>(first[i..]) * beta1);
            Vector<float> v = Vector.MultiplyAddEstimate(g * rest2, g, new Vector<float>(second[i..]) * beta2);
            m.CopyTo(first[i..]);
            v.CopyTo(second[i..]);
            Vector<float> spread = Vector.SquareRoot(v) / new Vector<float>(rootCorrection) + new Vector<float>(epsilon);
            (new Vector<float>(weight[i..]) - m * stepSize / spread).CopyTo(weight[i..]);
        }
        for (; i < weight.Length; i++)
        {
            float g = gradient[i];
            float m = float.MultiplyAddEstimate(g, rest1, first[i] * beta1), v = float.MultiplyAddEstimate(g * rest2, g, second[i] * beta2);
            (first[i], second[i]) = (m, v);
            weight[i] -= m * stepSize / (MathF.Sqrt(v) / rootCorrection + epsilon);
        }
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>Frees the moments.</summary>
    public void Dispose()
    {
        FirstMoment.Dispose();
        SecondMoment.Dispose();
    }
}
