using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>Steps of ML.NET's own that stand for ApplyGenerator in a saved model, and whether they do what it does.</summary>
internal static class SavedSteps
{
    private const int ComparedRows = 16;

    /// <summary>Two runtimes' sums in another order differ in their last digits.</summary>
    private const float Tolerance = 1e-3f;

    internal static ApplyGeneratorTransformer Fit(IEstimator<ITransformer> steps, IDataView input, ApplyGeneratorTransformer transformer, ApplyColumns columns)
    {
        if (columns.Noise is null)
            throw new UserErrorException($"the latent vectors of column '{columns.Output}' are drawn, which no saved step can repeat; name a noise column");
        ITransformer saved = steps.Fit(input);
        IDataView theirs = saved.Transform(input), ours = transformer.Transform(input);
        if (theirs.Schema.GetColumnOrNull(columns.Output)?.Type is not VectorDataViewType { ItemType: NumberDataViewType } type
            || !type.ItemType.Equals(NumberDataViewType.Single) || type.Size != transformer.SampleSize)
        {
            throw new UserErrorException($"the steps given to SavedAs do not make a column '{columns.Output}' of "
                + $"{transformer.SampleSize} numbers of type Single");
        }
        int row = 0;
        foreach ((float[] their, float[] our) in theirs.GetColumn<float[]>(columns.Output).Take(ComparedRows).Zip(ours.GetColumn<float[]>(columns.Output)))
        {
            row++;
            if (their.Zip(our).Any(pair => !(Math.Abs(pair.First - pair.Second) <= Tolerance * (1 + Math.Abs(pair.Second)))))
                throw new UserErrorException($"the steps given to SavedAs make other values of column '{columns.Output}' than the generator, "
                    + $"first in row {row}");
        }
        transformer.Saved = saved;
        return transformer;
    }
}
