using System.Globalization;
using GanPipeline.Primitives;
using GanPipeline.Tables;
using GanPipeline.Training;
using static TorchSharp.torch;
using Generator = GanPipeline.Training.Networks.Generator;

namespace GanPipeline.Export;

/// <summary>Compares the rows of a table generator's file with the network's own, decoded by the table's code, on noise that the training never saw.</summary>
/// <param name="generator">The network.</param>
/// <param name="codec">The code of the table's columns.</param>
/// <param name="columns">The file's outputs.</param>
/// <param name="seed">Seed of the run, from which the noise is drawn.</param>
/// <param name="options">What the file is to be like.</param>
internal sealed class TableParity(Generator generator, TableCodec codec, IReadOnlyList<OutputColumn> columns, ulong seed, ExportOptions options)
{
    private const float Tolerance = 1e-4f; // of the scalar that a number is decoded from

    /// <summary>
    /// The share of fields that differ in a batch: texts at all, numbers by more than a ten-thousandth of what their scalar spans. Roundings may tip a choice,
    /// and with it a row; so one row of a batch may differ, and is not counted.
    /// </summary>
    public double Difference(OnnxRun run, int batch)
    {
        var noise = new float[batch * generator.LatentSize];
        GaussianNoise.Fill(SeedStream.Derive(seed, "export verification", (ulong)batch), 0, generator.LatentSize, noise);
        long[]? labels = generator.Label is null ? null : [.. Enumerable.Range(0, batch).Select(i => (long)(i % generator.ClassNames.Count))];
        (string, Array)[] inputs = [(options.Names.Noise, noise), .. labels is null ? Array.Empty<(string, Array)>() : [(options.Names.Label, labels)]];
        var encoded = Network(noise, labels, batch);
        var differing = new long[batch];
        foreach (var (column, scalar, slot) in codec.Layout())
        {
            var found = run.Column(columns.Single(c => c.Name == column.Name).Output, batch, inputs);
            for (var row = 0; row < batch; row++)
            {
                var values = encoded.AsSpan(row * codec.Width, codec.Width);
                var chosen = column.Slots == 0 ? 0 : values.Slice(slot, column.Slots).IndexOf(1f);
                differing[row] += Same(column, chosen, column.Scalars == 0 ? 0 : values[scalar], found.GetValue(row)!) ? 0 : 1;
            }
        }

        if (codec.Label is not null)
        {
            var found = (string[])run.Column(columns.Single(c => c.Name == codec.Label).Output, batch, inputs);
            for (var row = 0; row < batch; row++)
            {
                differing[row] += found[row] == generator.ClassNames[(int)labels![row]] ? 0 : 1;
            }
        }

        return (double)(differing.Sum() - (batch > 1 ? differing.Max() : 0)) / ((long)batch * columns.Count);
    }

    private static bool Same(ColumnCode column, int slot, float scalar, object found)
    {
        if (column.IsText && column.Dates is null)
        {
            return (string)found == (slot < column.Categories.Count ? column.Categories[slot] : "");
        }

        if (column.Kind == CodeKind.Constant)
        {
            return column.Categories is [var text] ? (float)found == float.Parse(text, CultureInfo.InvariantCulture) : float.IsNaN((float)found);
        }

        var expected = column.Decode(slot, scalar);
        if (column.Dates is { } dates)
        {
            return (string)found == (double.IsNaN(expected) ? "" : dates.Text((int)expected));
        }

        // Where the scalar is next to a tie, its last bits tip the rounding: both neighbours are right then.
        double least = column.Decode(slot, scalar - Tolerance), most = column.Decode(slot, scalar + Tolerance), rounding = Math.Abs(expected) * 1e-6;
        return double.IsNaN(expected) ? float.IsNaN((float)found) : (float)found >= least - rounding && (float)found <= most + rounding;
    }

    private float[] Network(float[] noise, long[]? labels, int batch) => ParityVerification.InEvaluation(generator, () =>
    {
        var device = generator.parameters().First().device;
        var latents = tensor(noise, [batch, generator.LatentSize], device: device).Times(options.LatentScale);
        return generator.call(latents, labels is null ? null : tensor(labels, device: device)).cpu().contiguous().data<float>().ToArray();
    });
}
