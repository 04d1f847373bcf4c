using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Optimization;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1) over flat weights. On the CPU one pass over memory does the whole update; on other devices a handful
/// of tensor operations do.
/// </summary>
internal sealed class Adam : IDisposable
{
    private readonly Tensor _weights, _gradients;
    private readonly AdamOptions _options;

    /// <summary>An optimiser with empty moments.</summary>
    /// <param name="weights">[P] what it moves; not its own.</param>
    /// <param name="gradients">[P] against what it moves them; not its own.</param>
    /// <param name="options">Its settings.</param>
    public Adam(Tensor weights, Tensor gradients, AdamOptions options)
    {
        (_weights, _gradients, _options, InOnePass) = (weights, gradients, options, weights.device_type == DeviceType.CPU);
        FirstMoment = zeros_like(weights).DetachFromDisposeScope();
        SecondMoment = zeros_like(weights).DetachFromDisposeScope();
    }

    /// <summary>The same for a network's own weights and gradients.</summary>
    public Adam(FlatNetwork network, AdamOptions options) : this(network.Parameters, network.Gradients, options) { }

    /// <summary>[P] running mean of the gradient.</summary>
    public Tensor FirstMoment { get; }

    /// <summary>[P] running mean of the squared gradient.</summary>
    public Tensor SecondMoment { get; }

    /// <summary>Steps taken so far; bias correction depends on it.</summary>
    public long Steps { get; set; }

    /// <summary>Whether the update is made in this process's memory instead of by tensor operations.</summary>
    internal bool InOnePass { get; init; }

    /// <summary>Moves the weights against the gradients with the options' step size.</summary>
    public void Step() => Step(_options.LearningRate);

    /// <summary>Moves the weights against the gradients with a step size of the moment.</summary>
    public void Step(double learningRate)
    {
        Steps++;
        double stepSize = learningRate / (1 - Math.Pow(_options.Beta1, Steps)), rootCorrection = Math.Sqrt(1 - Math.Pow(_options.Beta2, Steps));
        if (InOnePass) StepInOnePass((float)stepSize, (float)rootCorrection);
        else StepByTensors(stepSize, rootCorrection);
    }

    private void StepByTensors(double stepSize, double rootCorrection)
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor gradient = _gradients;
        FirstMoment.Multiply(_options.Beta1).Add(gradient, 1 - _options.Beta1);
        SecondMoment.Multiply(_options.Beta2).AddProduct(gradient, gradient, 1 - _options.Beta2);
        _weights.AddQuotient(FirstMoment, SecondMoment.sqrt().Divide(rootCorrection).Add(_options.Epsilon), -stepSize);
    }

    private void StepInOnePass(float stepSize, float rootCorrection)
    {
        Span<float> weight = Floats(_weights), first = Floats(FirstMoment), second = Floats(SecondMoment);
        ReadOnlySpan<float> gradient = Floats(_gradients);
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
