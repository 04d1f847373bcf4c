using GanPipeline.Evaluation.Metrics;

namespace GanPipeline;

/// <summary>What methods for rare classes are worth on test rows that no classifier was trained on: part of <see cref="Gan.Run"/>.</summary>
/// <param name="RowName">What the rows are called: <c>points</c>, <c>rows</c>.</param>
/// <param name="TestRows">Test rows.</param>
/// <param name="RareClass">The rarest class.</param>
/// <param name="Methods">The methods: the data as they are first, the generator last.</param>
/// <param name="Advice">One sentence: what to use.</param>
public sealed record MethodScores(string RowName, int TestRows, string RareClass, IReadOnlyList<MethodScore> Methods, string Advice);

/// <summary>What one method is worth.</summary>
/// <param name="Name">The method.</param>
/// <param name="Rows">Rows that its classifiers were trained on.</param>
/// <param name="RareRows">How many of these are of the rarest class.</param>
/// <param name="RareRecall">Recall of the rarest class, with its 95 % interval.</param>
/// <param name="MacroF1">Macro-F1, with its 95 % interval.</param>
public sealed record MethodScore(string Name, int Rows, int RareRows, MetricResult RareRecall, MetricResult MacroF1);

/// <summary>How many images that were added to the training data, which are imbalanced, show their class: part of <see cref="Gan.Run"/>.</summary>
/// <param name="Ratio">Rows of the largest class to one of the smallest.</param>
/// <param name="Classes">The classes before and after.</param>
/// <param name="Recognised">[classes] the share of the added images that the classifier takes for their class; NaN where none was added.</param>
public sealed record RecognisedImages(double Ratio, IReadOnlyList<ClassBalance> Classes, IReadOnlyList<double> Recognised);
