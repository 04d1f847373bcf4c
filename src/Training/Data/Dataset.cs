using System.Text.Json.Serialization;
using GanPipeline.Tables;
using GanPipeline.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace GanPipeline.Training.Data;

/// <summary>Which part of a data set is wanted: GANs train on one, evaluation measures on the other.</summary>
internal enum DataSplit
{
    /// <summary>The training part.</summary>
    Train,

    /// <summary>The part that training never sees.</summary>
    Test,
}

/// <summary>
/// What one sample is, and how the network's numbers and the data's own units belong together:
/// data = network × <paramref name="Scale"/> + <paramref name="Shift"/>.
/// </summary>
/// <param name="Kind"><c>image</c> (channels first, pixels 0 to 255), <c>points</c> (coordinates) or <c>table</c> (encoded rows).</param>
/// <param name="Shape">Shape of one sample, without the batch: <c>[1, 28, 28]</c> or <c>[2]</c>.</param>
/// <param name="Scale">Data units per network unit.</param>
/// <param name="Shift">Data value where the network gives 0.</param>
internal sealed record SampleFormat(string Kind, long[] Shape, double Scale, double Shift)
{
    /// <summary>Kind of 8-bit images.</summary>
    public const string Image = "image";

    /// <summary>Kind of points with float coordinates.</summary>
    public const string Points = "points";

    /// <summary>Kind of table rows: encoded by <see cref="Table"/>.</summary>
    public const string TableKind = "table";

    /// <summary>The code of a table's columns; null for other kinds.</summary>
    public TableCodec? Table { get; init; }

    /// <summary>The real rows that a table's generator starts from; null where all classes are generated from noise alone.</summary>
    public AnchorRows? Anchors { get; init; }

    /// <summary>How often the values of a table's columns lack in each class; null where none can.</summary>
    public MissingShares? Missing { get; init; }

    /// <summary>
    /// This format for these encoded rows: with <see cref="Missing"/>, and <see cref="Anchors"/> of the classes that have fewer than so many.
    /// </summary>
    public SampleFormat WithRealRows(float[] rows, long[] labels, int classes, int most)
    {
        SampleFormat format = this with
        {
            Missing = Table is null ? null : MissingShares.Of(rows, Table, labels, classes),
            Anchors = AnchorRows.Of(rows, (int)Size, labels, classes, most),
        };
        return format.Anchors is null ? format : format.CheckedForFile();
    }

    /// <summary>Refuses more real rows than a generator file can hold, before anything is trained.</summary>
    private SampleFormat CheckedForFile()
    {
        const long MostBytes = 1000 << 20; // a generator file of more than 1 GiB is not opened, and the network is in it, too
        long rows = Anchors!.Counts.Sum(n => (long)n), width = Table!.Width;
        long bytes = sizeof(float) * rows * (width + StartRows.Around * Table.Scalars); // each row, and from it to its neighbours
        return bytes <= MostBytes ? this : throw new UserErrorException(FormattableString.Invariant(
            $"the generator file would have to hold {rows} real rows of {width} numbers, {bytes >> 20} MiB, and ") +
            $"{MostBytes >> 20} are possible; choose fewer classes to start from real rows (a smaller data.anchors).");
    }

    /// <summary>Refuses a format that no data set has.</summary>
    /// <param name="classes">Number of the data's classes.</param>
    /// <exception cref="UserErrorException">Its parts do not go together.</exception>
    internal void Check(int classes)
    {
        bool table = Kind == TableKind;
        if (!table && Kind is not (Image or Points)) throw new UserErrorException("its samples are neither images nor points nor rows.");
        if (Shape.Length != (Kind == Image ? 3 : 1) || Shape.Any(n => n < 1)
            || Shape.Aggregate((UInt128)1, (product, n) => product > int.MaxValue ? product : product * (UInt128)n) > int.MaxValue)
            throw new UserErrorException($"no sample has the shape [{string.Join(", ", Shape)}].");
        if (!double.IsFinite(Scale) || !double.IsFinite(Shift) || (Units is { } units && (units.Scale.Length != Size || units.Shift.Length != Size
            || units.Scale.Concat(units.Shift).Any(u => !float.IsFinite(u)))))
            throw new UserErrorException($"its samples of {Size} numbers have no units.");
        if (table != Table is not null || (table && Units is not null) || (Anchors is not null && !table))
            throw new UserErrorException("its samples are half those of a table.");
        Table?.Check(classes);
        if (Table is { } codec && codec.Width != Shape[0])
            throw new UserErrorException($"its rows are {Shape[0]} numbers wide, and its columns {codec.Width}.");
        Anchors?.Check(Table!, classes);
        if (Missing is not null && !table) throw new UserErrorException("its samples are half those of a table.");
        Missing?.Check(Table!, classes);
    }

    /// <summary>Latent numbers that a row takes beside the latent vector proper: one for each slot to choose by, and those that choose a real row and move
    /// it.</summary>
    [JsonIgnore]
    public int ChoiceNoise => Table is null ? 0 : (int)new TableNoise(0, Table.Slots, Anchors is not null).Size;

    /// <summary>Units of each number by itself, which then hold instead of <see cref="Scale"/> and <see cref="Shift"/>; null where all numbers have the
    /// same.</summary>
    public SampleUnits? Units { get; init; }

    /// <summary>Numbers in one sample.</summary>
    public long Size => Shape.Aggregate(1L, (a, b) => a * b);

    /// <summary>Samples [N, ...shape] from network units to the data's own.</summary>
    public Tensor ToDataUnits(Tensor samples) => Units is null ? samples.Times(Scale).Plus(Shift)
        : (samples * tensor(Units.Scale, device: samples.device).reshape(Shape)).Plus(tensor(Units.Shift, device: samples.device).reshape(Shape));

    /// <summary>8-bit pixels to [-1, 1].</summary>
    public static SampleFormat Pixels(int channels, int rows, int columns) => new(Image, [channels, rows, columns], 127.5, 127.5);
}

/// <summary>Units of the numbers of a sample: data = network × scale + shift. A number of scale 0 is the same in all samples: its shift.</summary>
/// <param name="Scale">[size] data units per network unit.</param>
/// <param name="Shift">[size] data value where the network gives 0.</param>
internal sealed record SampleUnits(float[] Scale, float[] Shift)
{
    /// <summary>Units in which each column has mean 0 and standard deviation 1 (of the population); a constant column has scale 0.</summary>
    /// <param name="values">[N × columns] row-major, at least one row.</param>
    /// <param name="columns">Numbers in a row.</param>
    public static SampleUnits Standardising(ReadOnlySpan<float> values, int columns)
    {
        int count = values.Length / columns;
        double[] mean = new double[columns], variance = new double[columns];
        bool[] varies = new bool[columns];
        for (int i = 0; i < values.Length; i++) mean[i % columns] += values[i] / (double)count;
        for (int i = 0; i < values.Length; i++)
        {
            variance[i % columns] += Math.Pow(values[i] - mean[i % columns], 2) / count;
            varies[i % columns] |= values[i] != values[i % columns];
        }
        float[] first = values[..columns].ToArray();
        return new SampleUnits([.. variance.Select((v, j) => varies[j] ? (float)Math.Sqrt(v) : 0)],
            [.. mean.Select((m, j) => varies[j] ? (float)m : first[j])]);
    }
}

/// <summary>A whole data set in memory: samples in their own type (bytes stay bytes), and one class index a sample.</summary>
/// <param name="Name">Name for the provenance, for example <c>mnist</c>.</param>
/// <param name="Sha256">SHA-256 (hex) of the bytes that the set was read or made from.</param>
/// <param name="Samples">[N, ...shape], uint8 or float32, in the data's own units.</param>
/// <param name="Labels">[N] int64 class indices, or null for a set without classes.</param>
/// <param name="ClassNames">Names in index order; empty without classes.</param>
/// <param name="Format">Shape and units of one sample.</param>
internal sealed record Dataset(string Name, string Sha256, Tensor Samples, Tensor? Labels, IReadOnlyList<string> ClassNames, SampleFormat Format) : IDisposable
{
    /// <summary>The modes of a set that was generated around some, so that a metric can count those that a generator covers; null for other sets.</summary>
    public PointModes? Modes { get; init; }

    /// <summary>Classes of each channel of images whose class is the number that the classes of their channels spell; 0 for other sets.</summary>
    public int ChannelClasses { get; init; }

    /// <summary>A table's rows as text: the columns that are trained on, a missing value as an empty text. Null for other sets.</summary>
    public Table? Rows { get; init; }

    /// <summary>What the user must be told about how the set was read, in sentences: files that were left out, colours that were converted.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Why the set is fit neither for training nor for evaluation: most of its images are of one value. Null for a set that is fit.</summary>
    public string? Problem { get; init; }

    /// <summary>Number of samples.</summary>
    public long Count => Samples.shape[0];

    /// <summary>Samples per class, in index order.</summary>
    public long[] ClassCounts()
    {
        long[] counts = new long[ClassNames.Count];
        if (Labels is null) return counts;
        using Tensor onCpu = Labels.cpu();
        foreach (long label in onCpu.data<long>()) counts[label]++;
        return counts;
    }

    /// <summary>Whether a test part belongs to this training part: the same classes by name, and none that training saw nothing of.</summary>
    /// <returns>A sentence on the classes that the test part has no sample of; null where it has all of them.</returns>
    /// <exception cref="UserErrorException">It has other classes, or samples of a class of which this set has none.</exception>
    public string? CheckTestPart(Dataset test)
    {
        if (!test.ClassNames.SequenceEqual(ClassNames, StringComparer.Ordinal))
            throw new UserErrorException($"the test part of '{Name}' has the classes {ClassMatch.List(test.ClassNames)}, and the training part " +
                $"{ClassMatch.List(ClassNames)}; give parts of the same classes.");
        // Of a thousand combinations of digits some come by chance in one part only; the digits must be the same.
        IReadOnlyList<string> names = ChannelClasses == 0 ? ClassNames : [.. Enumerable.Range(0, ChannelClasses).Select(digit => $"{digit}")];
        long[] trained = ChannelClasses == 0 ? ClassCounts() : DigitCounts(), held = ChannelClasses == 0 ? test.ClassCounts() : test.DigitCounts();
        int unknown = Enumerable.Range(0, held.Length).FirstOrDefault(c => held[c] > 0 && trained[c] == 0, -1);
        if (unknown >= 0)
            throw new UserErrorException($"class '{names[unknown]}' of '{Name}' has {held[unknown]} test samples and none to train on; give training " +
                "samples of it, or take it out of the test part.");
        string[] lacking = [.. names.Where((_, c) => trained[c] > 0 && held[c] == 0)];
        return lacking.Length == 0 ? null : $"the test part of '{Name}' has no sample of {(lacking.Length == 1 ? "class" : $"{lacking.Length} classes:")} " +
            $"{ClassMatch.List(lacking)}; nothing is measured of {(lacking.Length == 1 ? "it" : "them")} on real samples.";
    }

    /// <summary>How often each class of a channel comes, over all channels: a class is the number that these spell.</summary>
    private long[] DigitCounts()
    {
        long[] digits = new long[ChannelClasses];
        foreach ((int c, long count) in ClassCounts().Index())
            for (long channel = 0, rest = c; channel < Format.Shape[0]; channel++, rest /= ChannelClasses) digits[rest % ChannelClasses] += count;
        return digits;
    }

    /// <summary>
    /// The same set on a device. Where it is there already, the two share their memory: a training set of gigabytes is not held twice. Each is disposed by
    /// itself.
    /// </summary>
    public Dataset To(Device device) => this with { Samples = Samples.to(device), Labels = Labels?.to(device) };

    /// <summary>
    /// The samples at <paramref name="index"/> (int64 [B]) as the networks take them: float32 in network units. Intermediate tensors are left to the caller's
    /// dispose scope.
    /// </summary>
    public Tensor Batch(Tensor index)
    {
        Tensor floats = Samples.index_select(0, index).to_type(ScalarType.Float32);
        if (Format.Units is { } units)
        {
            Tensor perUnit = tensor(Array.ConvertAll(units.Scale, s => s == 0 ? 0 : 1 / s), device: floats.device).reshape(Format.Shape);
            return floats.sub_(tensor(units.Shift, device: floats.device).reshape(Format.Shape)).mul_(perUnit);
        }
        return Format is { Scale: 1, Shift: 0 } ? floats : floats.Add(-Format.Shift).Multiply(1 / Format.Scale);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Samples.Dispose();
        Labels?.Dispose();
    }
}
