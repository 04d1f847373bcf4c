using GanPipeline.Inference;
using GanPipeline.Primitives;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GanPipeline.MlNet;

/// <summary>The columns and the seed of an application.</summary>
internal sealed record ApplyColumns(string Output, string? Label, string? Noise, ulong Seed);

/// <summary>Applies a generator file to each row of a view; see <see cref="GeneratorCatalog.ApplyGenerator"/>.</summary>
public sealed class ApplyGeneratorEstimator : IEstimator<ApplyGeneratorTransformer>
{
    private readonly string _path;
    private readonly ApplyColumns _columns;
    private readonly GeneratorSessionOptions _options;
    private readonly IEstimator<ITransformer>? _saved;

    internal ApplyGeneratorEstimator(string path, ApplyColumns columns, GeneratorSessionOptions options, IEstimator<ITransformer>? saved = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(columns.Output);
        (_path, _columns, _options, _saved) = (path, columns, options, saved);
    }

    /// <summary>
    /// What takes this step's place in a saved model. ML.NET lets only its own steps write into a model, so steps of its own have to make the same column:
    /// ApplyOnnxModel on the same file, behind what turns classes into its label input. A program that loads the model then needs nothing of this library.
    /// </summary>
    /// <param name="steps">They make the output column from the same input. Fit fits them too, and compares both results on the first rows.</param>
    /// <exception cref="UserErrorException">Thrown by Fit: latent vectors are drawn, which no other step can repeat; or the steps make another
    /// column.</exception>
    public ApplyGeneratorEstimator SavedAs(IEstimator<ITransformer> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return new(_path, _columns, _options, steps);
    }

    /// <summary>Opens the file and checks the columns; rows are read only where <see cref="SavedAs"/> gave something to compare with.</summary>
    /// <exception cref="UserErrorException">The file or a column is not what this needs; one sentence says what and where.</exception>
    public ApplyGeneratorTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GeneratorSession session = GeneratorSession.Open(_path, _options);
        try
        {
            var transformer = new ApplyGeneratorTransformer(session, _path, _columns);
            transformer.Check(input.Schema);
            return _saved is null ? transformer : SavedSteps.Fit(_saved, input, transformer, _columns);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The schema with the output column, in the place of one of that name.</summary>
    /// <exception cref="UserErrorException">The file or a column is not what this needs; one sentence says what and where.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        using GeneratorSession session = GeneratorSession.Open(_path, _options);
        new ApplyCheck(_path, session.Info, _columns).Check(inputSchema);
        return new(inputSchema.Where(c => c.Name != _columns.Output).Append(ShapeOf.Column(_columns.Output, SampleType(session.Info))));
    }

    internal static VectorDataViewType SampleType(GeneratorInfo info) => new(NumberDataViewType.Single, info.SampleShape.ToArray());
}
