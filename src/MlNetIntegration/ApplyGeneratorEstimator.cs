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

    internal ApplyGeneratorEstimator(string path, ApplyColumns columns, GeneratorSessionOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(columns.Output);
        (_path, _columns, _options) = (path, columns, options);
    }

    /// <summary>Opens the file and checks the columns; no row is read.</summary>
    /// <exception cref="UserErrorException">The file or a column is not what this needs; one sentence says what and where.</exception>
    public ApplyGeneratorTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GeneratorSession session = GeneratorSession.Open(_path, _options);
        try
        {
            var transformer = new ApplyGeneratorTransformer(session, _path, _columns, _options.BatchSize);
            transformer.Check(input.Schema);
            return transformer;
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
