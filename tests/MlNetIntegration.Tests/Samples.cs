namespace GanPipeline.MlNetIntegration.Tests;

/// <summary>A row with columns of many types; X is the row's index, and Group, Note and Tags tell the class.</summary>
public sealed class Row
{
    public float X { get; set; }

    public float Y { get; set; }

    public string Label { get; set; } = "";

    public int Group { get; set; }

    public string Note { get; set; } = "";

    public string[] Tags { get; set; } = [];

    public bool Rare { get; set; }

    public double Number { get; set; }
}

public sealed class Scored
{
    public string Label { get; set; } = "";

    [VectorType(2)]
    public float[] Features { get; set; } = [];
}

internal static class Samples
{
    internal const int Common = 60;
    internal const int Rare = 6;
    internal const int Middle = 20;

    /// <summary>Sixty rows of class "common", six of "rare" and twenty of "middle", mixed.</summary>
    internal static List<Row> Rows()
    {
        string[] labels = [.. Enumerable.Repeat("common", Common).Concat(Enumerable.Repeat("rare", Rare)).Concat(Enumerable.Repeat("middle", Middle))];
        new Random(4).Shuffle(labels);
        return [.. labels.Select((label, i) => new Row
        {
            X = i, Y = -i, Label = label, Group = label.Length, Note = $"{label} {i}", Tags = [label, $"{i}"], Rare = label == "rare",
            Number = label.Length / 2.0,
        })];
    }

    internal static IDataView View(this MLContext ml) => ml.Data.LoadFromEnumerable(Rows());

    internal static IDataView WithFeatures(this MLContext ml) => ml.WithFeatures(ml.View());

    internal static IDataView WithFeatures(this MLContext ml, IDataView view) => ml.Transforms.Concatenate("Features", "X", "Y").Fit(view).Transform(view);

    internal static UpsamplingOptions Options(Balance? balance = null, Resampler? source = null) =>
        new() { Balance = balance ?? Balance.ToMajority, Resampler = source ?? new FakeSource(), Seed = 7 };

    internal static IDataView Upsampled(this MLContext ml, UpsamplingOptions? options = null, string label = "Label")
    {
        IDataView view = ml.WithFeatures();
        return new UpsamplingEstimator(ml, label, "Features", options ?? Options()).Fit(view).Transform(view);
    }

    internal static Dictionary<string, int> Classes(this IDataView view, string column = "Label") =>
        view.GetColumn<string>(column).GroupBy(label => label).ToDictionary(g => g.Key, g => g.Count());

    internal static int CountRows(this IDataView view) => view.GetColumn<float[]>("Features").Count();
}

/// <summary>Rows that tell what they were asked for: the first number is 1000 times the class's index plus the row's index, the second comes from the
/// seed.</summary>
internal sealed class FakeSource(params string[] classes) : Resampler
{
    public string[] Classes { get; } = classes.Length > 0 ? classes : ["rare", "middle", "common"];

    public int FeatureCount { get; init; } = 2;

    public int Opened { get; private set; }

    public int Disposed { get; private set; }

    public List<(string Class, ulong Seed, int Rows)> Asked { get; } = [];

    internal override VectorGenerator Open(VectorRows rows, FitContext fit)
    {
        Opened++;
        return new Generator(this);
    }

    internal override ColumnGenerator Open(TableRows rows, FitContext fit) => throw new NotSupportedException();

    private sealed class Generator(FakeSource source) : VectorGenerator
    {
        public override string Description => "the fake";

        public override int FeatureCount => source.FeatureCount;

        public override IReadOnlyCollection<string> ClassNames => source.Classes;

        public override void Generate(string className, ulong seed, long first, Span<float> rows)
        {
            source.Asked.Add((className, seed, rows.Length / FeatureCount));
            for (int i = 0; i < rows.Length; i++)
                rows[i] = i % FeatureCount == 0 ? (1000 * (1 + Array.IndexOf(source.Classes, className))) + first + (i / FeatureCount) : seed % 1000;
        }

        public override void Dispose() => source.Disposed++;
    }
}
