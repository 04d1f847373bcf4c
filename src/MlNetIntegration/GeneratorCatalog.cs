using GanPipeline.Inference;
using Microsoft.ML;

namespace GanPipeline.MlNet;

/// <summary>Generator files as steps of an ML.NET pipeline.</summary>
public static class GeneratorCatalog
{
    /// <summary>
    /// Adds a column of generated samples, one for each row: of the row's class, and from the row's latent vector where there is a column of them.
    /// ApplyOnnxModel does the same a row at a time; this runs the file in batches under the cursor, takes labels of any type (classes are matched by name) and
    /// needs no noise column. A row's sample depends on the seed and on the row's id: each pass over the view and each order of it gives the same one.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="generatorFile">A generator file.</param>
    /// <param name="outputColumnName">The new column: a vector of Single with the sample's shape, in the units of the data.</param>
    /// <param name="labelColumnName">The class: a key, text, a Boolean or a number; null for a generator without classes.</param>
    /// <param name="noiseColumnName">Latent vectors: a vector of Single of the generator's latent size; null to draw them.</param>
    /// <param name="seed">Seed of the latent vectors that are drawn.</param>
    /// <param name="options">How the file is run, on all processors when left out; it changes the speed, not the samples.</param>
    public static ApplyGeneratorEstimator ApplyGenerator(this TransformsCatalog catalog, string generatorFile, string outputColumnName = "sample",
        string? labelColumnName = null, string? noiseColumnName = null, ulong seed = 0, GeneratorSessionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new(generatorFile, new(outputColumnName, labelColumnName, noiseColumnName, seed), options ?? GeneratorSessionOptions.ForStreams);
    }
}
