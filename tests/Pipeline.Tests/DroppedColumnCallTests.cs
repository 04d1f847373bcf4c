using GanPipeline.Inference;
using GanPipeline.Primitives;

namespace GanPipeline.Pipeline.Tests;

/// <summary>A table of 20 different rows, each 20 times under an ID of its own, with an index and free text, through all stages.</summary>
[Collection(OneAtATime.Name)]
public sealed class DroppedColumnCallTests : IDisposable
{
    private const int Rows = 400, Rare = 80, Added = Rows - 2 * Rare;
    private const string Header = "Unnamed: 0,customer,age,memo,class";

    private static readonly Dictionary<string, string> Small = new()
    {
        ["generator.hidden"] = "[8]",
        ["discriminator.hidden"] = "[8]",
        ["discriminator.class_hidden"] = "[8]",
        ["batch"] = "16",
    };

    private readonly TemporaryFolder _space = new();
    private readonly string _table;
    private readonly Host _host = new();

    public DroppedColumnCallTests()
    {
        _table = _space["ids.csv"];
        File.WriteAllLines(_table, [Header, .. Enumerable.Range(0, Rows)
            .Select(i => $"{i},C{i:00000},{20 + i / 20},note {i} of somebody,{(i < Rare ? "rare" : "usual")}")]);
    }

    public void Dispose() => _space.Dispose();

    private TrainOptions Training(string folder) => new(_table, _space[folder]) { Steps = 4, Epochs = 1, Settings = Small };

    private string Generator(Func<TrainOptions, TrainOptions>? change = null)
    {
        TrainOptions options = Training("run");
        _host.Call(h => Gan.Train(change?.Invoke(options) ?? options, h, h));
        return Gan.Export(new ExportRunOptions(_space["run"])).Path;
    }

    private (UpsampleResult Result, string[][] AddedRows) Upsampled(string table, string generator, bool fillIds)
    {
        string path = _space["balanced.csv"];
        UpsampleResult result = Gan.Upsample(new UpsampleOptions(table, generator, path) { FillIds = fillIds, Force = true });
        string[] lines = File.ReadAllLines(path);
        Assert.Equal(File.ReadAllLines(table), lines[..(Rows + 1)]);
        return (result, [.. lines[(Rows + 1)..].Select(l => l.Split(','))]);
    }

    [Fact]
    public void The_generator_file_says_what_was_dropped_and_why()
    {
        using GeneratorSession session = GeneratorSession.Open(Generator());
        Assert.Equal(["age", "class"], session.Info.Columns.Select(c => c.Name));
        Assert.Equal([("Unnamed: 0", "index"), ("customer", "id"), ("memo", "text")], session.Info.Omitted.Select(c => (c.Name, c.Reason)));
        Assert.Contains("Information: column 'customer' has another value in each of 400 rows, so it seems to be an ID and is dropped; " +
            "--keep customer keeps it.",
            _host.Logged);
    }

    [Fact]
    public void The_original_table_is_up_sampled_and_what_was_dropped_is_empty_in_added_rows()
    {
        (UpsampleResult result, string[][] added) = Upsampled(_table, Generator(), fillIds: false);
        Assert.Equal(Added, added.Length);
        Assert.All(added, row => Assert.Equal(("", "", ""), (row[0], row[1], row[3])));
        Assert.All(added, row => Assert.Equal("rare", row[4]));
        Assert.Equal([new("Unnamed: 0", "index"), new("customer", "id"), new UngeneratedColumn("memo", "text")], result.Ungenerated);
    }

    [Fact]
    public void Ids_are_numbered_on_in_added_rows()
    {
        (UpsampleResult result, string[][] added) = Upsampled(_table, Generator(), fillIds: true);
        Assert.Equal(Enumerable.Range(Rows, Added).Select(i => ($"{i}", $"C{i:00000}", "")), added.Select(row => (row[0], row[1], row[3])));
        Assert.Equal([("400", "639"), ("C00400", "C00639"), (null, null)], result.Ungenerated.Select(c => (c.First, c.Last)));
    }

    [Fact]
    public void What_the_generator_does_not_know_at_all_stays_an_error()
    {
        string generator = Generator(), wider = _space["wider.csv"];
        File.WriteAllLines(wider, File.ReadAllLines(_table).Select((line, i) => $"{(i == 0 ? "more" : "1")},{line}"));
        Assert.Contains("generates no value for the column 'more'", Assert.Throws<UserErrorException>(() => Gan.Upsample(
            new UpsampleOptions(wider, generator, _space["w.csv"]))).Message, StringComparison.Ordinal);
    }

    /// <summary>An ID that the user drops is one all the same; what else the user drops is empty, and is no ID.</summary>
    [Fact]
    public void What_the_user_drops_and_keeps_is_in_the_run_folder_and_the_file()
    {
        string generator = Generator(o => o with { Drop = ["age", "customer"], Keep = ["Unnamed: 0"], Missing = ["?"] });
        Assert.Contains("  drop:\n  - age\n  - customer\n  keep:\n  - 'Unnamed: 0'\n  missing:\n  - '?'\n", File.ReadAllText(_space["run/options.yaml"]),
            StringComparison.Ordinal);
        using (GeneratorSession session = GeneratorSession.Open(generator))
        {
            Assert.Equal(["Unnamed: 0", "class"], session.Info.Columns.Select(c => c.Name));
            Assert.Equal([("customer", "id"), ("age", "user"), ("memo", "text")], session.Info.Omitted.Select(c => (c.Name, c.Reason)));
        }
        (UpsampleResult result, string[][] added) = Upsampled(_table, generator, fillIds: true);
        Assert.All(added, row => Assert.Equal("", row[2]));
        Assert.Equal("C00400", added[0][1]);
        Assert.Equal([null, "user", "text"], result.Ungenerated.Select(c => c.First is null ? c.Reason : null));
    }

    /// <summary>Of 20 different rows none is in both parts: by the ID each of 400 would be a row of its own.</summary>
    [Fact]
    public void A_run_is_measured_on_rows_that_it_was_not_trained_on()
    {
        _host.Call(h => Gan.Run(Training("whole"), h, h));
        string[] train = File.ReadAllLines(_space["whole/train.csv"]), test = File.ReadAllLines(_space["whole/test.csv"]);
        Assert.Equal(("age,class", "age,class"), (train[0], test[0]));
        Assert.Equal(100, test.Length - 1); // a fifth of each class, in whole groups of 20
        Assert.Empty(train[1..].Intersect(test[1..]));
    }

    [Fact]
    public void An_imputed_table_keeps_its_ids()
    {
        string holes = _space["holes.csv"];
        string[][] rows = [.. File.ReadAllLines(_table).Select((line, i) => line.Split(',') is var f && i % 7 == 3 ? [f[0], f[1], "", f[3], f[4]] : f)];
        File.WriteAllLines(holes, rows.Select(f => string.Join(',', f)));
        ImputeResult result = _host.Call(h => Gan.Impute(new ImputeOptions(holes, _space["filled.csv"]) { Steps = 20 }, h, h));
        string[][] filled = [.. File.ReadAllLines(result.Files[0]).Select(line => line.Split(','))];
        Assert.Equal(rows.Select(f => (f[0], f[1], f[3], f[4])), filled.Select(f => (f[0], f[1], f[3], f[4])));
        Assert.DoesNotContain(filled, f => f[2].Length == 0);
        Assert.Equal(["age", "class"], result.Columns.Select(c => c.Name));
    }

    [Fact]
    public void A_synthetic_table_lacks_ids_and_free_text()
    {
        AnonymizeResult result = _host.Call(h => Gan.Anonymize(new AnonymizeOptions(_table, _space["s.csv"])
        {
            Steps = 3,
            Epochs = 1,
            Copies = Copies.Keep,
            Settings = Small,
        }, h, h));
        Assert.Equal("age,class", File.ReadLines(result.Out).First());
        Assert.Contains("Information: the synthetic table lacks what is dropped: Unnamed: 0, customer, memo.", _host.Logged);
    }

    /// <summary>Whether the generated table has such columns or not, and whatever is in them.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tables_are_compared_without_what_only_tells_rows_apart(bool both)
    {
        string generated = _space["generated.csv"];
        File.WriteAllLines(generated, File.ReadAllLines(_table).Select((line, i) => line.Split(',') is var f && !both ? $"{f[2]},{f[4]}"
            : i == 0 ? line : $"{i + 1000},D{i},{f[2]},other note {i} here,{f[4]}"));
        var options = new EvaluateOptions(generated) { Data = _table, Metrics = ["exact-copies"], Label = "class" };
        EvaluateResult result = _host.Call(h => Gan.Evaluate(options, h, h));
        Assert.Equal(1, result.Metrics.Single(m => m.Metric == "exact-copies").Value);
        Assert.Contains($"Information: {_table}: column 'customer' has another value in each of 400 rows, so it seems to be an ID, " +
            "and it is not compared", _host.Logged);
    }
}
