namespace GanPipeline.Resampling;

/// <summary>Trains classifiers of rows: what methods for rare classes are compared by.</summary>
internal interface IClassifierTrainer
{
    /// <summary>The classifier, as results name it: <c>LightGBM</c>, <c>logistic regression</c>.</summary>
    string Name { get; }

    /// <summary>Trains a classifier; the same rows and seed give the same one.</summary>
    /// <param name="rows">What it is trained on. A class may have no row; it is never predicted then.</param>
    /// <param name="weights">[rows] what each row counts; null where all count the same.</param>
    /// <param name="seed">Seed of what is random about it.</param>
    /// <param name="stop">Ends the training.</param>
    IFittedClassifier Fit(LabelledRows rows, float[]? weights, ulong seed, CancellationToken stop);
}

/// <summary>A classifier that has been trained.</summary>
internal interface IFittedClassifier : IDisposable
{
    /// <summary>How likely each class is for each row: [N, classes], row-major, in the order of the class names; each row sums to 1.</summary>
    /// <param name="rows">[N, columns], row-major, of the columns that it was trained on.</param>
    float[] Probabilities(ReadOnlyMemory<float> rows);
}
