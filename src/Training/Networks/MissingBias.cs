using GanPipeline.Tables;
using TorchSharp;

namespace GanPipeline.Training.Networks;

/// <summary>
/// What is added to the logit of each slot that says that a value is missing, by class: training makes values lack about as often as in the rows, and this as
/// often.
/// </summary>
internal sealed class MissingBias : IDisposable
{
    /// <param name="byClass">[classes, or one without classes][columns of <see cref="ColumnsOf"/>] what is added.</param>
    /// <param name="codec">The code of the columns.</param>
    /// <param name="device">Where the network is.</param>
    internal MissingBias(IReadOnlyList<double[]> byClass, TableCodec codec, Device device)
    {
        MissingColumn[] columns = [.. ColumnsOf(codec)];
        long[] places = [.. Enumerable.Repeat((long)columns.Length, codec.Slots)];
        foreach ((int i, MissingColumn column) in columns.Index()) places[column.Missing] = i;
        Values = tensor([.. byClass.SelectMany(values => values.Append(0)).Select(value => (float)value)], [byClass.Count, columns.Length + 1],
            device: device).DetachFromDisposeScope();
        Places = tensor(places, device: device).DetachFromDisposeScope();
    }

    /// <summary>What is added in each class, and at the end 0: [classes, columns + 1].</summary>
    public Tensor Values { get; }

    /// <summary>Which of these columns is added to each slot, [slots].</summary>
    public Tensor Places { get; }

    /// <summary>The columns whose values may be missing where others are not.</summary>
    public static IEnumerable<MissingColumn> ColumnsOf(TableCodec codec) => codec.Layout().Where(c => c.Column.MissingSlot >= 0 && c.Column.Slots > 0)
        .Select(c => new MissingColumn(c.Column.Name, c.Slot - codec.Scalars, c.Slot - codec.Scalars + c.Column.MissingSlot));

    /// <summary>What is added to rows of those classes, [N, slots]; [1, slots] without classes.</summary>
    public Tensor Of(Tensor? classes) => (classes is null ? Values : Values.index_select(0, classes)).index_select(1, Places);

    /// <inheritdoc/>
    public void Dispose()
    {
        Values.Dispose();
        Places.Dispose();
    }
}

/// <summary>A column whose values may be missing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="First">The first of its slots among all slots.</param>
/// <param name="Missing">The one that says that the value is missing: its last.</param>
internal sealed record MissingColumn(string Name, int First, int Missing);
