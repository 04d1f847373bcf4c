using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.MlNet;

/// <summary>Rows from a generator file.</summary>
internal sealed class FileGeneratorSource(string path, GeneratorSessionOptions options) : GeneratorSource
{
    public override RowGenerator Open(TrainingRows rows, FitContext fit) => new SessionRows(path, GeneratorSession.Open(path, options));

    private sealed class SessionRows(string path, GeneratorSession session) : RowGenerator
    {
        public override string Description => $"generator {path}";

        public override int FeatureCount => session.Info.SampleSize;

        public override IReadOnlyCollection<string> ClassNames => session.Info.ClassNames;

        public override void Generate(string className, ulong seed, long first, Span<float> rows)
        {
            var labels = new long[rows.Length / FeatureCount];
            Array.Fill(labels, session.Info.ClassNames.ToList().IndexOf(className));
            session.Generate(seed, (ulong)first, labels, rows);
            foreach (float value in rows)
            {
                if (!float.IsFinite(value))
                    throw new UserErrorException($"{path}: the generator makes NaN or infinity for class '{className}'; train it again");
            }
        }

        protected override void Dispose(bool disposing) => session.Dispose();
    }
}
