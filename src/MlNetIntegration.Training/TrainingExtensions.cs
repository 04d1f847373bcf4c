using GanPipeline.Primitives;

namespace GanPipeline.MlNet;

/// <summary>Generators that Fit trains, as resamplers.</summary>
public static class TrainingExtensions
{
    extension(Resampler)
    {
        /// <summary>
        /// Rows from a conditional GAN that Fit trains on the features of the view that it fits, with ML.NET's log as its progress. The seed of the fit decides
        /// the training too; on one machine the same data and seed give the same generator.
        /// </summary>
        /// <param name="training">How; left out, the defaults.</param>
        /// <exception cref="UserErrorException">Thrown by Fit: the rows cannot be trained on, or the training diverges.</exception>
        public static Resampler Train(GeneratorTraining? training = null) => new TrainedResampler(training ?? new GeneratorTraining());

        /// <summary>
        /// Rows of a table, with columns of numbers, Booleans and text, from a conditional GAN that Fit trains on those columns of the view that it fits: the
        /// preset for tables of <c>gan train</c>, by which small classes are generated from their real rows. The same holds as for <c>Train</c>.
        /// </summary>
        /// <param name="training">How; left out, the preset as it is.</param>
        /// <exception cref="UserErrorException">Thrown by Fit: the rows cannot be trained on, or the training diverges.</exception>
        public static Resampler TrainTable(TableTraining? training = null) => new TrainedTableResampler(training ?? new TableTraining());
    }
}
