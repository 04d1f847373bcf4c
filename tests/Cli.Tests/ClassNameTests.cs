using GanPipeline.Images;
using GanPipeline.Primitives;

namespace GanPipeline.Cli.Tests;

/// <summary>Two sources belong together by the names of their classes; what one lacks or adds is said or refused.</summary>
public sealed class ClassNameTests
{
    private const string Preset = "system: s\nseed: 3\ndata: { kind: folder, test: 0.3 }\nlatent: 2\nbatch: 8\nepochs: 1\nsteps: 4\nthreads: 1\n" +
        "generator: { network: mlp, hidden: [8] }\ndiscriminator: { network: mlp, hidden: [8] }\n";

    [Fact]
    public void ATestPartThatLacksAClassIsMatchedByName()
    {
        using var space = new Workspace();
        string data = space.In("pets"), preset = space.Write("p.yaml", Preset);
        foreach (string name in new[] { "cat", "dog" }) Pictures(space.In($"pets/train/{name}"), name, 40);
        Pictures(space.In("pets/test/dog"), "dog", 10);
        GanProcess.Result result = GanProcess.Run("evaluate", space.In("pets/train"), "--data", data, "--preset", preset, "--metrics", "classifier-accuracy",
            "--metrics", "class-accuracy", "--out", space.In("q.csv"));
        Succeeds(result);
        Assert.Contains("warning: the test part of 'pets' has no sample of class 'cat'", result.Error, StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(space.In("q.csv"));
        Assert.Equal(1, Value(lines, "classifier-accuracy,real,,")); // by place, all of them would be taken for cats
        Assert.Equal(1, Value(lines, "class-accuracy,,cat,"));

        // Training says its classes first, and a test part with a class of its own is refused before anything is trained.
        GanProcess.Result trained = GanProcess.Run("train", preset, "--data", data, "--out", space.In("run"));
        Succeeds(trained);
        Assert.Contains("2 classes: cat 40, dog 40\n", trained.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Pictures(space.In("pets/test/fox"), "dog", 2);
        Assert.Contains("has no class of this name", Fails("run", preset, "--data", data, "--out", space.In("other")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(space.In("other")));
    }

    [Fact]
    public void SamplesAndGeneratorsOfOtherDataAreMatchedByName()
    {
        using var space = new Workspace();
        string preset = space.Write("p.yaml", Preset), three = space.In("three"), two = space.In("two");
        foreach (string name in new[] { "ant", "cat", "dog" }) Pictures(space.In($"three/{name}"), name, 40);
        foreach (string name in new[] { "cat", "dog" }) Pictures(space.In($"two/{name}"), name, 40);

        // A folder of samples without the first class: by place, its cats would be ants.
        GanProcess.Result folder = GanProcess.Run("evaluate", two, "--data", three, "--metrics", "class-accuracy", "--out", space.In("folder.csv"));
        Succeeds(folder);
        Assert.Contains($"warning: {two} has no sample of 'ant'", folder.Error, StringComparison.Ordinal);
        Assert.Equal(1, Value(File.ReadAllLines(space.In("folder.csv")), "class-accuracy,,,"));
        Assert.Contains($"{three}: its class 'ant' is none of the data's (it has 'cat', 'dog')", Fails("evaluate", three, "--data", two),
            StringComparison.Ordinal);

        // A part of a folder is of all its classes.
        Succeeds(GanProcess.Run("evaluate", two, "--data", three, "--metrics", "class-accuracy", "--count", "20", "--out", space.In("part.csv")));
        Assert.EndsWith(",10 generated samples", Line(File.ReadAllLines(space.In("part.csv")), "class-accuracy,,dog,"), StringComparison.Ordinal);

        // The same of a generator.
        Succeeds(GanProcess.Run("train", preset, "--data", two, "--out", space.In("run")));
        Succeeds(GanProcess.Run("export", space.In("run"), "--out", space.In("g.onnx")));
        GanProcess.Result generator = GanProcess.Run("evaluate", space.In("g.onnx"), "--data", three, "--metrics", "class-accuracy",
            "--out", space.In("g.csv"));
        Succeeds(generator);
        Assert.Contains($"warning: {space.In("g.onnx")} has no sample of 'ant'", generator.Error, StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(space.In("g.csv"));
        Assert.EndsWith(",0 generated samples", Line(lines, "class-accuracy,,ant,"), StringComparison.Ordinal);
        Assert.EndsWith(",19 generated samples", Line(lines, "class-accuracy,,dog,"), StringComparison.Ordinal);
        Directory.Move(space.In("two/cat"), space.In("two/tiger"));
        Assert.Contains("its class 'cat' is none of the data's (it has 'dog', 'tiger')", Fails("evaluate", space.In("g.onnx"), "--data", two),
            StringComparison.Ordinal);

        // Arrays and IDX files have numbers for classes, which are places: which those are is said, and one beyond them is refused.
        Succeeds(GanProcess.Run("generate", space.In("g.onnx"), "--out", space.In("a.npy"), "--count", "20"));
        GanProcess.Result array = GanProcess.Run("evaluate", space.In("a.npy"), "--data", three, "--metrics", "class-accuracy");
        Succeeds(array);
        Assert.Contains("0 is 'ant', 1 is 'cat', 2 is 'dog'", array.Error, StringComparison.Ordinal);
        Assert.Contains($"warning: {space.In("a.npy")} has no sample of 'dog'", array.Error, StringComparison.Ordinal);
        GanProcess.Result up = GanProcess.Run("upsample", space.Data, "--generator", space.In("g.onnx"), "--out", space.In("up"), "--dry-run");
        Succeeds(up);
        Assert.Contains("places of the generator's classes: 0 is 'cat', 1 is 'dog'", up.Error, StringComparison.Ordinal);
        byte[] labels = File.ReadAllBytes(space.In("a.labels.npy"));
        labels[^8] = 3;
        File.WriteAllBytes(space.In("a.labels.npy"), labels);
        Assert.Contains("class 3 of sample 19 is outside the 3 classes of the data", Fails("evaluate", space.In("a.npy"), "--data", three),
            StringComparison.Ordinal);
        File.Delete(space.In("a.labels.npy"));
        Assert.Contains("nothing is compared class by class", GanProcess.Run("evaluate", space.In("a.npy"), "--data", three, "--metrics", "precision").Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ClassesThatTablesLackOrAddAreSaid()
    {
        using var space = new Workspace();
        string train = space.Write("train.csv", Rows(60, "low", "mid", "high")), test = space.Write("test.csv", Rows(40, "low", "high")),
            made = space.Write("made.csv", Rows(50, "high", "low", "odd"));
        GanProcess.Result result = GanProcess.Run("evaluate", made, "--data", train, "--test", test, "--label", "group", "--metrics", "total-variation");
        Succeeds(result);
        Assert.Contains("warning: the generated rows lack 'mid' in the column 'group', which the training rows have", result.Error, StringComparison.Ordinal);
        Assert.Contains("warning: the generated rows have 'odd' in the column 'group', which the training rows lack", result.Error, StringComparison.Ordinal);
        Assert.Contains("warning: the test rows lack 'mid' in the column 'group', which the training rows have", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("warning: ", GanProcess.Run("evaluate", train, "--data", train, "--label", "group", "--metrics", "total-variation").Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void TheClassesAndTheirCountsAreSaidBeforeTraining()
    {
        using var space = new Workspace();
        GanProcess.Result idx = GanProcess.Run("train", space.Preset, "--data", space.Data, "--out", space.In("idx"), "--set", "epochs=1");
        Succeeds(idx);
        Assert.Contains("2 classes: a 120, b 40\n", idx.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        string table = space.Write("t.csv", Rows(90, [.. Enumerable.Range(0, 30).Select(i => $"c{i:D2}")]));
        GanProcess.Result rows = GanProcess.Run("train", table, "--label", "group", "--out", space.In("table"), "--set", "steps=2", "--set", "epochs=1",
            "--set", "batch=10");
        Succeeds(rows);
        Assert.Contains("30 classes: c00 3, c01 3, ", rows.Error, StringComparison.Ordinal);
        Assert.Contains(", c23 3 and 6 more\n", rows.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private static string Rows(int count, params string[] groups) => "age,group\n" + string.Concat(Enumerable.Range(0, count).Select(i =>
        FormattableString.Invariant($"{30 + i % groups.Length * 7 + i % 10 * 0.5},{groups[i % groups.Length]}\n")));

    /// <summary>Each kind of animal is bright in a corner of its own.</summary>
    private static void Pictures(string folder, string kind, int count)
    {
        Directory.CreateDirectory(folder);
        int corner = Array.IndexOf(["ant", "cat", "dog"], kind);
        for (int i = 0; i < count; i++)
            PngFile.Write(Path.Combine(folder, $"{i:D3}.png"), ImageGrid.Compose(
                [.. Enumerable.Range(0, 64).Select(p => (byte)((p / 32 * 2 + p % 8 / 4 == corner ? 200 : 20) + (7 * i + p) % 40))], 1, 8, 8, columns: 1,
                padding: 0));
    }

    private static string Line(string[] lines, string start) => Assert.Single(lines, l => l.StartsWith(start, StringComparison.Ordinal));

    private static double Value(string[] lines, string start) =>
        double.Parse(Line(lines, start)[start.Length..].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static void Succeeds(GanProcess.Result result) => Assert.True(result.ExitCode == 0, result.Error);

    private static string Fails(params string[] arguments)
    {
        GanProcess.Result result = GanProcess.Run(arguments);
        Assert.NotEqual(0, result.ExitCode);
        return result.Message;
    }
}
