using GanPipeline.Primitives;
using GanPipeline.Tables;

namespace GanPipeline.Resampling;

/// <summary>Real rows of the class once more, drawn with replacement: the baseline that costs nothing.</summary>
internal sealed class RandomOversampling : IResampler
{
    /// <inheritdoc/>
    public INewRows Of(MixedRows rows) => new Repeats(rows.Count);

    private sealed class Repeats(int count) : INewRows
    {
        public string Method => "random over-sampling";

        public NewRow Row(ulong seed, long index) => NewRow.Again((int)(SeedStream.Derive(seed, "row", (ulong)index) % (ulong)count));
    }
}
