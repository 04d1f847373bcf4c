using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.MlNet;

/// <summary>
/// Where added rows come from. A resampler is a description; each Fit opens it anew. Every one of them generates rows of a column of vectors and of columns of
/// numbers, Booleans and text. One of your own derives from <see cref="RowResampler"/>; the library GanPipeline.MlNet.Training adds those that Fit trains:
/// <c>Resampler.Train()</c> for a column of vectors and <c>Resampler.TrainTable()</c> for columns.
/// </summary>
public abstract class Resampler
{
    private protected Resampler()
    {
    }

    /// <summary>Rows from a generator file that was trained with classes on features, or on a table with columns, like these.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is run; it changes the speed, not the rows.</param>
    public static Resampler FromFile(string path, GeneratorSessionOptions? options = null) =>
        new FileResampler(path, options ?? new GeneratorSessionOptions());

    /// <summary>Rows from a generator file that is open already; it stays open.</summary>
    /// <param name="session">The open file.</param>
    /// <param name="path">Its name, for messages.</param>
    public static Resampler FromSession(GeneratorSession session, string path) => new SessionResampler(session, path);

    /// <summary>
    /// Synthetic minority over-sampling (Chawla et al. 2002): the numbers of an added row lie at random on the line from a real row of the class to one of its
    /// nearest neighbours in the class (section 4.2). Columns of text and Booleans make it SMOTE-NC (section 6.1): a category that differs counts in distances,
    /// and an added row has the category that most of the neighbours have. Columns of numbers are brought to one scale; distances of vectors are those of the
    /// features as they are, so normalise these first.
    /// </summary>
    /// <param name="neighbours">Neighbours to choose from, at least 1; each class that is enlarged needs more rows than that.</param>
    /// <exception cref="UserErrorException"><paramref name="neighbours"/> is below 1; or, thrown by Fit, a class has too few rows.</exception>
    public static Resampler Smote(int neighbours = 5) => neighbours >= 1
        ? new SmoteResampler(neighbours)
        : throw new UserErrorException($"SMOTE with {neighbours} neighbours makes no sense; give at least 1");

    /// <summary>
    /// Local Gaussians: the numbers of an added row are drawn from a Gaussian with the mean and the covariance of a real row of the class and its max(d + 1, 5)
    /// nearest in the class, at most half of it, by their d numbers (MGS: Sakho et al. 2024, arXiv 2402.03819). Columns of text and Booleans make it MGS-GRF
    /// (Sakho et al. 2025, arXiv 2503.22730): an added row has the categories of one real row of the class, all together, drawn by how often a random forest
    /// that predicts them by the numbers has the two in one leaf. Columns of numbers are brought to one scale, and added rows stay within a column's range over
    /// all classes; distances of vectors are those of the features as they are, and their numbers are not bounded.
    /// </summary>
    /// <remarks>A class of one row is refused by Fit.</remarks>
    public static Resampler LocalGaussians() => new LocalGaussiansResampler();

    /// <summary>Real rows of the class once more, drawn with replacement: the baseline that costs nothing.</summary>
    public static Resampler RandomOversampling() => new RandomOversamplingResampler();

    /// <summary>Gets ready to make the features of rows of the view that is being fitted. The caller disposes what it gets before Fit ends.</summary>
    internal abstract VectorGenerator Open(VectorRows rows, FitContext fit);

    /// <summary>The same for columns of a table.</summary>
    internal abstract ColumnGenerator Open(TableRows rows, FitContext fit);
}
