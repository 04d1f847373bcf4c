using GanPipeline.Inference;
using GanPipeline.MlNet;
using GanPipeline.Primitives;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Generator files in ML.NET: as steps of a pipeline, and as data.</summary>
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

    /// <summary>
    /// Rows of a class as data: of a generator that was trained on a table its columns (Double, Int64 or text), the class column among them; of others a
    /// vector of
    /// Single <c>Features</c> in the sample's shape, and the class as text <c>Label</c>. They are generated batch by batch whenever a cursor reads them, the
    /// same ones each time.
    /// </summary>
    /// <param name="session">The open generator file; it must stay open while rows are read.</param>
    /// <param name="className">The class; null for a generator without classes.</param>
    /// <param name="count">How many rows, 0 or more.</param>
    /// <param name="seed">Seed of the rows.</param>
    /// <exception cref="UserErrorException">The generator has no such class, or it has classes and none is named.</exception>
    public static IDataView Rows(this GeneratorSession session, string? className, long count, ulong seed = 0) =>
        new SessionDataView(session, className, count, seed, []);

    /// <summary>
    /// Rows of a class as objects, generated batch by batch while they are enumerated. A property has the column of its name, or of its <c>ColumnName</c>, in
    /// its own type (numbers, Booleans, text; a vector is <c>float[]</c>); one marked <c>NoColumn</c> is left alone. Columns that no property has are left out.
    /// </summary>
    /// <typeparam name="T">The row; its columns are found as those of <c>ml.Data.LoadFromEnumerable</c>.</typeparam>
    /// <param name="session">The open generator file; it must stay open while rows are read.</param>
    /// <param name="className">The class; null for a generator without classes.</param>
    /// <param name="count">How many rows, 0 or more.</param>
    /// <param name="seed">Seed of the rows.</param>
    /// <exception cref="UserErrorException">
    /// The generator has no such class, or it has classes and none is named; or a property has no column. Thrown while rows are read: a value that the
    /// property's type cannot hold.
    /// </exception>
    public static IEnumerable<T> Rows<T>(this GeneratorSession session, string? className, long count, ulong seed = 0)
        where T : class, new()
    {
        SchemaDefinition wanted = SchemaDefinition.Create(typeof(T));
        var view = new SessionDataView(session, className, count, seed, [.. wanted.Select(c => new WantedColumn(c.ColumnName, c.MemberName, c.ColumnType))]);
        return new MLContext().Data.CreateEnumerable<T>(view, reuseRowObject: false);
    }
}
