using static TorchSharp.torch;

namespace GanPipeline.Training.Updates;

/// <summary>Sums of which some terms may not be there.</summary>
internal static class Terms
{
    public static Tensor Plus(this Tensor sum, Tensor? term) => term is null ? sum : sum + term;
}
