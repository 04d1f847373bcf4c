using GanPipeline.Primitives;
using GanPipeline.Training.Data;
using Microsoft.ML;
using TorchSharp;

namespace GanPipeline.Stages;

/// <summary>Labelled rows of a data set, and as ML.NET has them.</summary>
internal static class LabelledRowsData
{
    extension(LabelledRows rows)
    {
        /// <summary>A view of the rows.</summary>
        public IDataView View(MLContext context) => LabelledRow.View(context, Enumerable.Range(0, rows.Count)
            .Select(i => new LabelledRow { Label = rows.ClassNames[(int)rows.Labels[i]], Features = rows.Row(i).ToArray() }), rows.Columns);

        /// <summary>These rows, then more of the same classes.</summary>
        public LabelledRows Append(IEnumerable<LabelledRow> added)
        {
            Dictionary<string, long> index = rows.ClassNames.Select((name, i) => (name, i)).ToDictionary(p => p.name, p => (long)p.i, StringComparer.Ordinal);
            var values = new List<float>();
            var labels = new List<long>();
            foreach (LabelledRow row in added)
            {
                _ = LabelledRows.Length(rows.Count + labels.Count + 1L, rows.Columns, "the rows with those that are added");
                values.AddRange(row.Features);
                labels.Add(index[row.Label]);
            }
            return rows.Append([.. values], [.. labels]);
        }

        /// <summary>Refuses a data set whose classes, each enlarged to the largest, are more than can be held: before anything is trained on it.</summary>
        /// <exception cref="UserErrorException">They are.</exception>
        public static void CheckBalanced(Dataset data)
        {
            long[] counts = data.ClassCounts();
            if (counts.Length > 0)
                _ = LabelledRows.Length((Int128)counts.Max() * counts.Count(n => n > 0), data.Format.Size, $"the data set '{data.Name}', balanced");
        }

        /// <summary>A data set's rows, copied out of its tensors.</summary>
        public static LabelledRows Of(Dataset data)
        {
            if (data.Labels is null) throw new UserErrorException($"the data set '{data.Name}' has no classes; there is nothing to balance.");
            _ = LabelledRows.Length(data.Count, data.Format.Size, $"the data set '{data.Name}'");
            using torch.Tensor floats = data.Samples.to_type(torch.ScalarType.Float32, copy: true);
            return new LabelledRows(floats.data<float>().ToArray(), (int)data.Format.Size, data.Labels.data<long>().ToArray(), data.ClassNames);
        }
    }
}
