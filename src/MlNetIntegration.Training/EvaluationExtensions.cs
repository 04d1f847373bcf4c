using GanPipeline.Primitives;

namespace GanPipeline.MlNet;

/// <summary>Up-sampling that is evaluated while Fit runs, with a classifier on libtorch.</summary>
public static class EvaluationExtensions
{
    extension(UpsamplingOptions options)
    {
        /// <summary>
        /// Whether the report evaluates the added rows: how many of them a classifier of the real rows takes for their class, and how many are not new. It
        /// reads the real features into memory and trains that classifier.
        /// </summary>
        public bool EvaluateRows
        {
            get => options.Evaluation is ClassifierEvaluation { EvaluateRows: true };
            set => options.Evaluation = Of(value, options.CompareFolds);
        }

        /// <summary>
        /// Folds, at least 2, on which the report compares this up-sampling with none, with tuned decision thresholds instead, with random over-sampling and
        /// with SMOTE of 5 neighbours; 0 leaves the comparison out. Equal rows are in one fold, and each fold must get a row of each class. It takes as many
        /// fits as there are folds and methods: a generator that Fit trains is trained once more for each fold.
        /// </summary>
        /// <exception cref="UserErrorException">Set to 1 or less than 0.</exception>
        public int CompareFolds
        {
            get => options.Evaluation is ClassifierEvaluation { CompareFolds: var folds } ? folds : 0;
            set => options.Evaluation = Of(options.EvaluateRows, value is >= 2 or 0 ? value : throw new UserErrorException(
                $"UpsamplingOptions.CompareFolds is {value}; give at least 2 folds, or 0 for no comparison"));
        }
    }

    extension(UpsamplingReport report)
    {
        /// <summary>This up-sampling beside others; null if <c>UpsamplingOptions.CompareFolds</c> did not ask for it.</summary>
        public UpsamplingComparison? Comparison => report.Appendix as UpsamplingComparison;
    }

    private static ClassifierEvaluation? Of(bool evaluateRows, int folds) => evaluateRows || folds != 0 ? new(evaluateRows, folds) : null;
}
