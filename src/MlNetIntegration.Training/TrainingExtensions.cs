using GanPipeline.Primitives;

namespace GanPipeline.MlNet;

/// <summary>Generators that Fit trains, as sources of rows.</summary>
public static class TrainingExtensions
{
    extension(GeneratorSource)
    {
        /// <summary>
        /// Rows from a conditional GAN that Fit trains on the features of the view that it fits, with ML.NET's log as its progress. The seed of the fit decides
        /// the training too; on one machine the same data and seed give the same generator.
        /// </summary>
        /// <param name="training">How; left out, the defaults.</param>
        /// <exception cref="UserErrorException">
        /// An option is out of its range; thrown by Fit too, when the rows cannot be trained on or the training diverges.
        /// </exception>
        public static GeneratorSource Train(GeneratorTraining? training = null)
        {
            training ??= new GeneratorTraining();
            training.Validate();
            return new TrainedGeneratorSource(training);
        }

        /// <summary>
        /// Rows of a table, with columns of numbers, Booleans and text, from a conditional GAN that Fit trains on those columns of the view that it fits: the
        /// preset for tables of <c>gan train</c>, by which small classes are generated from their real rows. The same holds as for <c>Train</c>.
        /// </summary>
        /// <param name="training">How; left out, the preset as it is.</param>
        /// <exception cref="UserErrorException">
        /// An option is out of its range; thrown by Fit too, when the rows cannot be trained on or the training diverges.
        /// </exception>
        public static GeneratorSource TrainTable(TableTraining? training = null) => new TrainedTableSource(training ?? new TableTraining());
    }
}
