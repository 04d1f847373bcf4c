namespace GanPipeline.Training.Config;

/// <summary>
/// How exactly matrices are multiplied and convolutions computed. Weights, losses and optimisers are float32 whatever it is. There is no bfloat16: TorchSharp
/// has no
/// <c>autocast</c>, which decides operation by operation what may be computed in it.
/// </summary>
internal enum Precision
{
    /// <summary>float32: 23 bits of mantissa.</summary>
    Float32,

    /// <summary>On CUDA devices from Ampere on: inputs rounded to TF32, 10 bits of mantissa, and summed in float32.</summary>
    Tf32,
}
