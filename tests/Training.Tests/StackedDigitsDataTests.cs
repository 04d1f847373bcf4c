using GanPipeline.Images;
using GanPipeline.Primitives;
using GanPipeline.Training.Data;

namespace GanPipeline.Training.Tests;

public class StackedDigitsDataTests
{
    [Fact]
    public void Three_digits_are_the_channels_and_spell_the_class()
    {
        using var folder = new TemporaryFolder();
        // Image i shows i everywhere and is of class i / 2.
        IdxFile.WriteImages(folder["train-images-idx3-ubyte"], 20, 2, 2, [Enumerable.Range(0, 80).Select(i => (byte)(i / 4)).ToArray()]);
        IdxFile.WriteLabels(folder["train-labels-idx1-ubyte"], 20, [Enumerable.Range(0, 20).Select(i => (byte)(i / 2)).ToArray()]);
        var options = new StackedDigitsDataOptions { Train = 500 };
        using Dataset data = options.Load(folder.Name, DataSplit.Train, 3), same = options.Load(folder.Name, DataSplit.Train, 3),
            other = options.Load(folder.Name, DataSplit.Train, 4);
        Assert.Equal([500, 3, 2, 2], data.Samples.shape);
        Assert.Equal((1000, 10), (data.ClassNames.Count, data.ChannelClasses));
        Assert.Equal("042", data.ClassNames[42]);
        byte[] pixels = data.Samples.data<byte>().ToArray();
        long[] labels = data.Labels!.data<long>().ToArray();
        for (int i = 0; i < 500; i++)
        {
            byte[] image = pixels[(12 * i)..(12 * i + 12)];
            Assert.All(Enumerable.Range(0, 12), p => Assert.Equal(image[p / 4 * 4], image[p]));
            Assert.Equal(100 * (image[0] / 2) + 10 * (image[4] / 2) + image[8] / 2, labels[i]);
        }
        Assert.InRange(labels.Distinct().Count(), 350, 450); // 500 draws from 1000 modes hit 394 on average
        Assert.Equal(pixels, same.Samples.data<byte>().ToArray());
        Assert.Equal(data.Sha256, same.Sha256);
        Assert.NotEqual(data.Sha256, other.Sha256);
        using Dataset larger = (options with { Size = 4, Fit = ImageFit.Pad }).Load(folder.Name, DataSplit.Train, 3);
        Assert.Equal([500, 3, 4, 4], larger.Samples.shape);
    }
}
