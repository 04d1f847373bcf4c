using GanPipeline.Evaluation.Features;
using GanPipeline.Evaluation.Images;
using GanPipeline.Evaluation.Metrics;

namespace GanPipeline.Evaluation.Tests;

public class StackedClassifierTests
{
    private const int Classes = 4, Channels = 3;
    private static readonly ImageShape One = new(1, 8, 8), Three = new(Channels, 8, 8);

    [Fact]
    public void It_spells_the_class_from_its_channels_and_counts_modes_that_it_never_saw()
    {
        (byte[] pixels, long[] labels) = TestData.Corners(One, 600, seed: 1);
        using var classifier = new StackedClassifier(ImageClassifier.Train(pixels, One, labels, Classes, new ImageClassifierOptions { Epochs = 20 }), Channels);
        Assert.Equal((Three, 64), (classifier.Shape, classifier.Classes));
        ImageSet images = Stacked(300, seed: 2);
        (FeatureSet features, long[] recognised) = classifier.Look(images);
        Assert.True(recognised.Zip(images.Labels!, (r, l) => r == l).Count(right => right) > 285);
        Assert.Equal((300, Channels * ImageClassifier.FeatureCount), (features.Count, features.Columns));
        Assert.Equal(images.Labels, features.Labels);

        // A generator that has lost a class of one channel covers three quarters of the modes.
        ImageSet fewer = images.Pick([.. Enumerable.Range(0, 300).Where(i => images.Labels![i] % Classes != 1)]);
        using var reference = new ImageReference(classifier, images, images,
            new ImageReferenceOptions { ClassNames = [.. Enumerable.Range(0, 64).Select(i => $"{i}")] });
        double Covered(ImageSet set) => MetricCatalog.MeasureAll(MetricCatalog.OfFeatures.Named(["classes-covered"]), reference.Compare(set))
            .Single().Value;
        Assert.InRange(Covered(images), 62, 64);
        Assert.InRange(Covered(fewer), 46, 50);
    }

    [Fact]
    public void Channels_are_images_whose_classes_spell_that_of_the_whole()
    {
        ImageSet channels = new ImageSet([1, 2, 3, 4, 5, 6], new ImageShape(3, 1, 1), [207, 45]).Channels(10);
        Assert.Equal([1, 2, 3, 4, 5, 6], channels.Pixels);
        Assert.Equal(new ImageShape(1, 1, 1), channels.Shape);
        Assert.Equal([2, 0, 7, 0, 4, 5], channels.Labels!);
    }

    private static ImageSet Stacked(int count, int seed)
    {
        (byte[] pixels, long[] labels) = TestData.Corners(One, Channels * count, seed);
        return new ImageSet(pixels, Three, [.. labels.Chunk(Channels).Select(c => (c[0] * Classes + c[1]) * Classes + c[2])]);
    }
}
