using GanPipeline.Images;
using GanPipeline.Primitives;
using GanPipeline.Training.Config;
using GanPipeline.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Tests;

public class DataTests
{
    [Theory]
    [InlineData("")]
    [InlineData(".gz")]
    public void A_folder_of_IDX_files_becomes_images_and_labels(string suffix)
    {
        using var folder = new TemporaryFolder();
        Write(folder, "train", 5, [0, 1, 2, 0, 1], suffix);
        Write(folder, "t10k", 2, [1, 1], suffix);
        using Dataset train = new IdxDataOptions().Load(folder.Name, DataSplit.Train, 0);
        Assert.Equal([5, 1, 3, 4], train.Samples.shape);
        Assert.Equal(ScalarType.Byte, train.Samples.dtype);
        Assert.Equal(["0", "1", "2"], train.ClassNames);
        Assert.Equal([2, 2, 1], train.ClassCounts());
        Assert.Equal(new SampleFormat("image", [1, 3, 4], 127.5, 127.5) with { Shape = train.Format.Shape }, train.Format);
        Assert.Equal(Path.GetFileName(folder.Name), train.Name);
        using (NewDisposeScope())
        {
            Tensor batch = train.Batch(tensor(new long[] { 4, 0 }));
            Assert.Equal([2, 1, 3, 4], batch.shape);
            Assert.Equal(Enumerable.Range(48, 12).Concat(Enumerable.Range(0, 12)).Select(p => (p - 127.5f) / 127.5f),
                batch.data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
            Assert.Equal(0, train.Samples[0, 0, 0, 0].item<byte>()); // Batch must not write into the data
        }
        using Dataset test = new IdxDataOptions { Classes = ["a", "b"] }.Load(folder.Name, DataSplit.Test, 0);
        Assert.Equal(["a", "b"], test.ClassNames);
        Assert.Equal(2, test.Count);
        Assert.NotEqual(train.Sha256, test.Sha256);
    }

    [Fact]
    public void A_test_part_of_other_labels_is_refused_or_said()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "train", 5, [0, 2, 2, 0, 3], "");
        Write(folder, "t10k", 2, [0, 2], "");
        var options = new IdxDataOptions();
        using Dataset train = options.Load(folder.Name, DataSplit.Train, 0), few = options.Load(folder.Name, DataSplit.Test, 0);
        Assert.Equal(["0", "1", "2", "3"], few.ClassNames); // the training part's, though the last does not come
        Assert.EndsWith("has no sample of class '3'; nothing is measured of it on real samples.", train.CheckTestPart(few));
        Write(folder, "t10k", 4, [0, 1, 2, 3], "");
        using (Dataset strange = options.Load(folder.Name, DataSplit.Test, 0))
            Assert.Contains("class '1' of", Assert.Throws<UserErrorException>(() => train.CheckTestPart(strange)).Message);
        var stacked = new StackedDigitsDataOptions { Train = 50, Test = 50 };
        using (Dataset trained = stacked.Load(folder.Name, DataSplit.Train, 0), held = stacked.Load(folder.Name, DataSplit.Test, 0))
            Assert.Contains("class '1' of", Assert.Throws<UserErrorException>(() => trained.CheckTestPart(held)).Message);
        Write(folder, "t10k", 3, [0, 2, 3], "");
        using (Dataset trained = stacked.Load(folder.Name, DataSplit.Train, 0), held = stacked.Load(folder.Name, DataSplit.Test, 0))
            Assert.Null(trained.CheckTestPart(held));
        Write(folder, "t10k", 2, [0, 9], "");
        Assert.Contains("label 9 at item 1 is outside the 4 classes of the training part",
            Assert.Throws<UserErrorException>(() => options.Load(folder.Name, DataSplit.Test, 0)).Message);
        using Dataset named = (options with { Classes = ["a", "b", "c", "d"] }).Load(folder.Name, DataSplit.Train, 0);
        Assert.Contains("give parts of the same classes", Assert.Throws<UserErrorException>(() => named.CheckTestPart(few)).Message);
    }

    [Fact]
    public void A_set_that_is_on_its_device_already_shares_its_memory_and_not_its_life()
    {
        using Dataset data = new MoonsDataOptions { Upper = 2, Lower = 2, Test = 1 }.Load(null, DataSplit.Train, 1);
        using (Dataset same = data.To(CPU))
        {
            same.Samples.fill_(3);
            Assert.Equal(data.Labels!.data<long>().ToArray(), same.Labels!.data<long>().ToArray());
        }
        Assert.All(data.Samples.data<float>().ToArray(), x => Assert.Equal(3, x));
        Assert.Equal(4, data.Labels!.shape[0]);
    }

    [Fact]
    public void A_folder_that_is_wrong_gets_a_sentence()
    {
        using var folder = new TemporaryFolder();
        var options = new IdxDataOptions();
        Assert.Contains("--data FOLDER", Refused(options, null));
        Assert.Contains($"{folder["none"]}: no such folder", Refused(options, folder["none"]));
        Assert.Contains($"{folder["train-images-idx3-ubyte"]}: no such file (nor with .gz)", Refused(options, folder.Name));
        Write(folder, "train", 3, [0, 1, 9]);
        IdxFile.WriteLabels(folder["train-labels-idx1-ubyte"], 2, [new byte[] { 0, 1 }]);
        Assert.Contains("2 labels", Refused(options, folder.Name));
        Assert.Contains("holds 3 images", Refused(options, folder.Name));
        Write(folder, "train", 3, [0, 1, 9]);
        Assert.Contains("label 9 at item 2 is outside the 2 classes", Refused(options with { Classes = ["a", "b"] }, folder.Name));
        File.Delete(folder["train-labels-idx1-ubyte"]);
        Assert.Contains($"{folder["train-labels-idx1-ubyte"]}: no such file", Refused(options, folder.Name));
        File.WriteAllBytes(folder["train-labels-idx1-ubyte"], [0, 0, 8, 1, 0, 0]);
        Assert.Contains(folder["train-labels-idx1-ubyte"], Refused(options, folder.Name));
        Assert.Contains("names a class twice", Assert.Throws<UserErrorException>(() => new IdxDataOptions { Classes = ["a", "a"] }.Validate()).Message);
    }

    [Fact]
    public void Images_of_IDX_files_get_the_size_that_the_preset_asks_for()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "train", 5, [0, 1, 2, 0, 1]);
        var options = new IdxDataOptions { Size = 6 };
        using Dataset asItIs = new IdxDataOptions().Load(folder.Name, DataSplit.Train, 0), cropped = options.Load(folder.Name, DataSplit.Train, 0);
        using Dataset padded = (options with { Fit = ImageFit.Pad }).Load(folder.Name, DataSplit.Train, 0);
        Assert.Equal([5, 1, 6, 6], cropped.Samples.shape);
        Assert.Equal(SampleFormat.Pixels(1, 6, 6).Shape, cropped.Format.Shape);
        Assert.Equal(asItIs.Sha256, cropped.Sha256);
        using (NewDisposeScope())
        {
            Assert.Equal(asItIs.Samples.data<byte>().ToArray(), padded.Samples.narrow(2, 1, 3).narrow(3, 1, 4).contiguous().data<byte>().ToArray());
            Assert.Equal(asItIs.Samples.to_type(ScalarType.Int64).sum().item<long>(), padded.Samples.to_type(ScalarType.Int64).sum().item<long>());
            // 3 rows of 4 pixels: a square of whole pixels is cut out, the left one where the middle is between two; read at 0.25, 0.75, 1.25, ... of it.
            Assert.Equal([12, 12, 13, 13, 14, 14], cropped.Samples[1, 0, 0].data<byte>().ToArray());
        }
        Assert.Contains("4x3 pixels do not fit into 'data.size' 2", Refused(options with { Size = 2, Fit = ImageFit.Pad }, folder.Name));
        Assert.Contains("'data.size' must be between 1 and 4096", Assert.Throws<UserErrorException>(() => new IdxDataOptions { Size = -1 }.Validate()).Message);
    }

    [Fact]
    public void MNIST_is_read_as_it_is_known()
    {
        string path = Repository.Data("mnist");
        using Dataset train = new IdxDataOptions().Load(path, DataSplit.Train, 0), test = new IdxDataOptions().Load(path, DataSplit.Test, 0);
        Assert.Equal("mnist", train.Name);
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], train.ClassCounts());
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], test.ClassCounts());
        using Tensor mean = train.Samples.to_type(ScalarType.Float32).mean();
        Assert.Equal(33.3184, mean.item<float>(), 3);
    }

    [Fact]
    public void Moons_are_made_from_the_seed_alone()
    {
        var options = new MoonsDataOptions { Upper = 2000, Lower = 100, Noise = 0.1, Test = 50 };
        using Dataset one = options.Load(null, DataSplit.Train, 3), same = options.Load(null, DataSplit.Train, 3);
        using Dataset other = options.Load(null, DataSplit.Train, 4);
        using Dataset test = options.Load(null, DataSplit.Test, 3);
        Assert.Equal(one.Samples.data<float>().ToArray(), same.Samples.data<float>().ToArray());
        Assert.Equal(one.Sha256, same.Sha256);
        Assert.NotEqual(one.Sha256, other.Sha256);
        Assert.NotEqual(one.Sha256, test.Sha256);
        Assert.Equal([2000, 100], one.ClassCounts());
        Assert.Equal([50, 50], test.ClassCounts());
        Assert.Empty(one.Samples.data<float>().ToArray().Intersect(test.Samples.data<float>().ToArray()));
        Assert.Contains("leave --data out", Assert.Throws<UserErrorException>(() => options.Load("x", DataSplit.Train, 0)).Message);
    }

    [Fact]
    public void Moons_without_noise_lie_on_their_arcs()
    {
        using Dataset data = new MoonsDataOptions { Upper = 500, Lower = 500, Noise = 0 }.Load(null, DataSplit.Train, 3);
        float[] p = data.Samples.data<float>().ToArray();
        for (int i = 0; i < 1000; i++)
        {
            (double x, double y) = (p[2 * i], p[2 * i + 1]);
            (double fromX, double fromY) = i < 500 ? (x, y) : (1 - x, 0.5 - y);
            Assert.Equal(1, fromX * fromX + fromY * fromY, 5);
            Assert.InRange(fromY, -1e-6, 1.000001);
        }
        Assert.InRange(p.Where((_, i) => i % 2 == 0).Take(500).Average(), -0.1, 0.1); // the angle is uniform: no side is preferred
    }

    private static string Refused(IdxDataOptions options, string? path) =>
        Assert.Throws<UserErrorException>(() => options.Load(path, DataSplit.Train, 0)).Message;

    private static void Write(TemporaryFolder folder, string stem, int count, byte[] labels, string suffix = "")
    {
        IdxFile.WriteImages(folder[$"{stem}-images-idx3-ubyte{suffix}"], count, 3, 4, [Enumerable.Range(0, count * 12).Select(i => (byte)i).ToArray()]);
        IdxFile.WriteLabels(folder[$"{stem}-labels-idx1-ubyte{suffix}"], labels.Length, [labels]);
    }
}
