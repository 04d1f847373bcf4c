using GanPipeline.Export.Tables;
using GanPipeline.Primitives;
using GanPipeline.Tables;
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
    private const float Tolerance = 1e-4f, Noise = 1e-5f; // of the scalar that a number is decoded from
    private const int LeastSure = 4;

    private readonly (ColumnCode Code, int Scalar, int Slot)[] _layout = [.. codec.Layout().Where(place => !place.Column.IsTimeOfDay)];
    private readonly Dictionary<string, (ColumnCode Code, int Scalar, int Slot)> _times =
        codec.Layout().Where(place => place.Column.IsTimeOfDay).ToDictionary(place => place.Column.Name);
    private readonly string[] _names = [.. Names(codec)];
    private readonly string[] _outputs = [.. Names(codec).Select(name => columns.Single(c => c.Name == name).Output)];
    private readonly int _width = codec.Width; // which is a sum over all columns
    private double[]? _spreads;

    /// <summary>
    /// The share of fields that differ in a batch: texts and columns that are computed from others at all, numbers by more than a ten-thousandth of what
    /// their scalar spans, or, where most of a column are so, by anything that no rounding explains. Roundings may tip a choice, and with it a row; so one
    /// row of a batch may differ, and is not counted.
    /// </summary>
    public ParityCheck Compare(OnnxRun run, int count)
    {
        var batch = GeneratorBatch.Of(generator, seed, count);
        var encoded = batch.Samples(generator, options.LatentScale);
        var found = run.Run(_outputs, count, batch.Inputs(options.Names));
        if (found.Any(values => values.Length != count))
        {
            return new ParityCheck(count, double.PositiveInfinity);
        }

        _spreads ??= Spreads();
        var differing = new long[count];
        var (deviation, shifted) = (0.0, 0L);
        for (var j = 0; j < _layout.Length; j++)
        {
            var (sure, others) = (0, 0);
            for (var row = 0; row < count; row++)
            {
                var (slot, scalar) = Code(_layout[j], encoded, row);
                var value = found[j].GetValue(row)!;
                if (IsAnother(_layout[j].Code, slot, scalar, value, encoded, row) is { } another)
                {
                    (sure, others) = (sure + 1, others + (another ? 1 : 0));
                }

                if (_layout[j].Code is { Dates: { } dates, Kind: not CodeKind.Constant } column)
                {
                    var differs = IsDate(column, dates, slot, scalar, (string)value, encoded, row) ? 0 : 1;
                    (differing[row], deviation) = (differing[row] + differs, deviation + differs);
                    continue;
                }

                differing[row] += Same(_layout[j].Code, slot, scalar, value) ? 0 : 1;
                deviation += Difference(_layout[j].Code, slot, scalar, value, _spreads[j]);
            }

            // Some are tipped, but most only where a constant is wrong.
            shifted += sure >= LeastSure && others > sure / 2 ? others : 0;
        }

        var computed = new DerivedParity(codec, generator.ClassNames, _names.Zip(found).ToDictionary(f => f.First, f => f.Second));
        for (var row = 0; row < count; row++)
        {
            differing[row] += codec.Label is null || ((string[])found[^1])[row] == generator.ClassNames[(int)batch.Labels![row]] ? 0 : 1;
            differing[row] += computed.Differing(row);
        }

        return count == 0 ? new ParityCheck(0, 0)
            : new ParityCheck(count, (double)(differing.Sum() - (count > 1 ? differing.Max() : 0) + shifted) / ((long)count * columns.Count))
            {
                Deviation = deviation / ((double)count * _layout.Length),
            };
    }

    private static IEnumerable<string> Names(TableCodec codec) =>
        [.. codec.Columns.Select(code => code.Name), .. codec.Derived.Select(column => column.Name),
            .. codec.Label is null ? Array.Empty<string>() : [codec.Label]];

    /// <summary>The slot and the scalar of a column of an encoded row; 0 for what the column lacks.</summary>
    /// <exception cref="UserErrorException">The network chose no slot: it computes numbers that are not finite.</exception>
    private (int Slot, float Scalar) Code((ColumnCode Code, int Scalar, int Slot) place, float[] encoded, int row)
    {
        var (code, scalar, slot) = place;
        var values = encoded.AsSpan(row * _width, _width);
        var chosen = code.ChosenSlot(values, slot);
        return chosen >= 0
            ? (chosen, code.Scalars == 0 ? 0 : values[scalar])
            : throw new UserErrorException($"the generator gives no value of column '{code.Name}', for its weights, finite as they are, give numbers that "
                + "are not, so its training has diverged; export an earlier checkpoint")
            {
                Kind = ErrorKind.Failed,
            };
    }

    /// <summary>The standard deviation of each column of numbers that the network gives, missing ones left out; 0 for other columns.</summary>
    private double[] Spreads()
    {
        var encoded = GeneratorBatch.Of(generator, seed, Deviation.Samples).Samples(generator, options.LatentScale);
        return [.. _layout.Select(column =>
        {
            double[] numbers = IsNumber(column.Code)
                ? [.. Enumerable.Range(0, Deviation.Samples).Select(row => Code(column, encoded, row)).Select(c => column.Code.Generate(c.Slot, c.Scalar))
                    .Where(double.IsFinite)] : [];
            return numbers.Length == 0 ? 0 : Math.Sqrt(numbers.Average(number => Math.Pow(number - numbers.Average(), 2)));
        })];
    }

    /// <summary>How far a value is off: numbers as a share of the column's spread; others, and what is missing in one of the two, by 1 where they
    /// differ.</summary>
    private static double Difference(ColumnCode column, int slot, float scalar, object found, double spread)
    {
        if (!IsNumber(column) || column.Generate(slot, scalar) is not (var expected and not double.NaN) || double.IsNaN((double)found))
        {
            return Same(column, slot, scalar, found) ? 0 : 1;
        }

        return Deviation.Share(Math.Abs((double)found - expected), spread);
    }

    /// <summary>Whether a text is that of a date; its day and its time of day may each be next to a tie.</summary>
    private bool IsDate(ColumnCode column, DateScale dates, int slot, float scalar, string found, float[] encoded, int row)
    {
        if (slot == column.MissingSlot || dates.Number(found) is not { } number)
        {
            return slot == column.MissingSlot && found.Length == 0;
        }

        if (column.Time is null)
        {
            return column.MayGenerate(number, slot, scalar, Tolerance);
        }

        var (timeSlot, timeScalar) = Code(_times[column.Name], encoded, row);
        var (day, time) = dates.Parted(number);
        return number == dates.Joined(column.Decode(slot, scalar), column.Time.Decode(timeSlot, timeScalar))
            || (column.MayGenerate(day, slot, scalar, Tolerance)
                && (column.Time.MayGenerate(time, timeSlot, timeScalar, Tolerance) || number == 0 || number == dates.Count - 1));
    }

    /// <summary>Whether a value is not exactly the network's, where its scalar is next to no tie: by a step, say; null where it may be.</summary>
    private bool? IsAnother(ColumnCode column, int slot, float scalar, object found, float[] encoded, int row)
    {
        if (column.Scalars == 0 || slot == column.MissingSlot || column.Sure(slot, scalar, Noise) is not { } expected)
        {
            return null;
        }

        if (column.Dates is not { } dates)
        {
            return column.Wholes is { } wholes ? (long)found != wholes.Number(expected) : (double)found != expected;
        }

        if (column.Time is { } time)
        {
            var (timeSlot, timeScalar) = Code(_times[column.Name], encoded, row);
            if (time.Sure(timeSlot, timeScalar, Noise) is not { } sure)
            {
                return null;
            }

            expected = dates.Joined(expected, sure);
        }

        return (string)found != dates.Text((long)expected);
    }

    private static bool IsNumber(ColumnCode column) => column is { Kind: not CodeKind.Constant, IsText: false, Dates: null, IsInteger: false };

    private static bool Same(ColumnCode column, int slot, float scalar, object found)
    {
        if (column.IsText)
        {
            return (string)found == (slot < column.Categories.Count ? column.Categories[slot] : "");
        }

        if (column.IsInteger)
        {
            return Same(column, slot, scalar, (long)found);
        }

        if (column.Kind == CodeKind.Constant)
        {
            return column.Categories.Count > 0 ? (double)found == column.NumberOf(0) : double.IsNaN((double)found);
        }

        return column.MayGenerate((double)found, slot, scalar, Tolerance);
    }

    private static bool Same(ColumnCode column, int slot, float scalar, long found)
    {
        if (slot == column.MissingSlot)
        {
            return found == OutputColumn.MissingInteger;
        }

        return column.Wholes is not { } wholes ? found == column.IntegerOf(slot)
            : wholes.StepOf(found) is var step && found == wholes.Number(step) && column.MayGenerate(step, slot, scalar, Tolerance);
    }
}
