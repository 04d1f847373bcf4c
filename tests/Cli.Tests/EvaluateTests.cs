namespace GanPipeline.Cli.Tests;

/// <summary>gan evaluate over a generator file, folders, arrays and tables.</summary>
public sealed class EvaluateTests
{
    private const string Header = "metric,data,class,value,low,high,better,sample";

    [Fact]
    public void AGeneratorFileIsMeasuredAsItsRunMeasuredIt()
    {
        using var space = new Workspace();
        string preset = space.Write("ring.yaml", "system: r\nseed: 3\ndata: { kind: ring, modes: 4, train: 400, test: 100 }\nlatent: 2\nbatch: 40\nepochs: " +
            "2\ngenerator: { network: mlp, hidden: [8] }\ndiscriminator: { network: mlp, hidden: [8] }\nthreads: 1\n");
        Succeeds(GanProcess.Run("run", preset, "--out", space.In("run")));
        GanProcess.Result result = GanProcess.Run("evaluate", space.In("run/generator.onnx"), "--seed", "3", "--out", space.In("again.csv"));
        Succeeds(result);
        Assert.Contains("class-accuracy: not measured, ", result.Error, StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(space.In("again.csv"));
        Assert.Equal(Header, lines[0]);
        Assert.Contains(lines, line => line.StartsWith("modes-covered,,,", StringComparison.Ordinal)
            && line.EndsWith("\"of 4 modes, 100 generated samples\"", StringComparison.Ordinal));
        Assert.Equal(File.ReadAllLines(space.In("run/quality.csv")), lines);
    }

    [Fact]
    public void FoldersAndArraysOfImagesAreMeasuredAgainstAFolder()
    {
        using var space = new Workspace();
        Succeeds(GanProcess.Run("train", space.Preset, "--data", space.Data, "--out", space.In("run")));
        Succeeds(GanProcess.Run("export", space.In("run"), "--out", space.In("g.onnx")));
        string[] metrics = ["--metrics", "frechet-distance", "--metrics", "class-accuracy", "--metrics", "data-copying"];
        Succeeds(GanProcess.Run(["evaluate", space.In("g.onnx"), "--data", space.Data, "--count", "40", "--out", space.In("file.csv"), "--pictures",
            space.In("pictures"), .. metrics]));
        Assert.True(File.Exists(space.In("pictures/neighbours.png")) && File.Exists(space.In("pictures/neighbours.csv")));
        string[] fromFile = File.ReadAllLines(space.In("file.csv"));
        Assert.Equal(6, fromFile.Length); // header, distance, accuracy of all and of two classes, copying

        // The same samples as IDX files: what a generator's floats are rounded to.
        Succeeds(GanProcess.Run("generate", space.In("g.onnx"), "--out", space.In("idx"), "--count", "40"));
        Succeeds(GanProcess.Run(["evaluate", space.In("idx"), "--data", space.Data, "--preset", space.Preset, "--out", space.In("idx.csv"), .. metrics]));
        Assert.Equal(fromFile, File.ReadAllLines(space.In("idx.csv")));
        Succeeds(GanProcess.Run("generate", space.In("g.onnx"), "--out", space.In("a.npy"), "--count", "40"));
        Succeeds(GanProcess.Run(["evaluate", space.In("a.npy"), "--data", space.Data, "--preset", space.Preset, "--out", space.In("npy.csv"), .. metrics]));
        Assert.Equal(fromFile, File.ReadAllLines(space.In("npy.csv")));

        File.WriteAllBytes(space.In("cut.npy"), File.ReadAllBytes(space.In("a.npy"))[..^8]);
        Assert.Contains("does not fit the file's length", Fails("evaluate", space.In("cut.npy"), "--data", space.Data), StringComparison.Ordinal);
        Assert.Contains("there is no metric 'fid'", Fails("evaluate", space.In("idx"), "--data", space.Data, "--metrics", "fid"), StringComparison.Ordinal);
        Assert.Contains("'modes-covered' cannot be measured", Fails("evaluate", space.In("idx"), "--data", space.Data, "--metrics", "modes-covered"),
            StringComparison.Ordinal);
        Assert.Contains("no .npy file", Fails("evaluate", space.Write("b.npy", "nothing of the kind"), "--data", space.Data), StringComparison.Ordinal);
        Assert.Contains("no such file", Fails("evaluate", space.In("idx"), "--data", space.Data, "--features", space.In("none.onnx")),
            StringComparison.Ordinal);
        Assert.Contains("--features-range 1", Fails("evaluate", space.In("idx"), "--data", space.Data, "--features", space.In("g.onnx"), "--features-range",
            "1"), StringComparison.Ordinal);
        Assert.Contains("cannot be used for features", Fails("evaluate", space.In("idx"), "--data", space.Data, "--features", space.In("g.onnx")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ImagesWithoutClassesAreMeasuredAsPngFilesAndInOtherFeatures()
    {
        using var space = new Workspace();
        Succeeds(GanProcess.Run("train", space.Preset, "--data", space.Data, "--out", space.In("run"), "--set", "conditional=false"));
        Succeeds(GanProcess.Run("export", space.In("run"), "--out", space.In("g.onnx")));
        Succeeds(GanProcess.Run("generate", space.In("g.onnx"), "--out", space.In("real"), "--format", "png", "--count", "90", "--seed", "5"));
        Succeeds(GanProcess.Run("generate", space.In("g.onnx"), "--out", space.In("made"), "--format", "png", "--count", "60"));
        Succeeds(GanProcess.Run("generate", space.In("g.onnx"), "--out", space.In("idx"), "--count", "6")); // without classes it is a folder of one file
        Assert.Equal(["train-images-idx3-ubyte"], Directory.GetFiles(space.In("idx")).Select(f => Path.GetFileName(f)));
        GanProcess.Result result = GanProcess.Run("evaluate", space.In("made"), "--data", space.In("real"), "--out", space.In("made.csv"));
        Succeeds(result);
        Assert.Contains("class-accuracy: not measured, ", result.Error, StringComparison.Ordinal); // the classifier knows quarter turns, which are no classes
        string[] lines = File.ReadAllLines(space.In("made.csv"));
        Assert.Single(lines, l => l.StartsWith("frechet-distance,,,", StringComparison.Ordinal) && l.Contains("60 generated against", StringComparison.Ordinal)
            && l.Contains("classifier's 128 features", StringComparison.Ordinal));

        // Any network from images to numbers gives features: here the run's own discriminator.
        Succeeds(GanProcess.Run("export", space.In("run"), "--network", "discriminator", "--out", space.In("d.onnx")));
        string[] command = ["evaluate", space.In("made"), "--data", space.In("real"), "--metrics", "frechet-distance", "--features", space.In("d.onnx"),
            "--features-range", "-1,1", "--out"];
        Succeeds(GanProcess.Run([.. command, space.In("own.csv")]));
        Assert.Contains("1 features of d.onnx", File.ReadAllLines(space.In("own.csv"))[1], StringComparison.Ordinal);
    }

    [Fact]
    public void TablesAreMeasuredByColumnsPrivacyAndUse()
    {
        using var space = new Workspace();
        string train = space.Write("train.csv", Rows(200, 0)), test = space.Write("test.csv", Rows(100, 1)), made = space.Write("made.csv", Rows(120, 2));
        GanProcess.Result result = GanProcess.Run("evaluate", made, "--data", train, "--test", test, "--label", "group", "--out", space.In("t.csv"));
        Succeeds(result);
        Assert.Contains("membership-inference", result.Output, StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(space.In("t.csv"));
        Assert.Equal(Header, lines[0]);
        string[] expected = ["kolmogorov-smirnov,,age,", "total-variation,,job,", "train-on-synthetic,real,,", "train-on-synthetic,real and generated,,",
            "exact-copies,held out,,", "missing-values,,age,"];
        foreach (string start in expected) Assert.Single(lines, line => line.StartsWith(start, StringComparison.Ordinal));
        string copies = space.In("copies.csv");
        File.Copy(train, copies);
        Succeeds(GanProcess.Run("evaluate", copies, "--data", train, "--test", test, "--metrics", "exact-copies", "--out", space.In("c.csv")));
        Assert.StartsWith("exact-copies,,,1,1,1,lower,", File.ReadAllLines(space.In("c.csv"))[1], StringComparison.Ordinal);

        Assert.Contains("lacks the column 'group'", Fails("evaluate", space.Write("few.csv", "age,job\n1,x\n"), "--data", train), StringComparison.Ordinal);
        Assert.Contains("'tall' is not a finite number", Fails("evaluate", space.Write("odd.csv", "age,job,group\n1,x,a\ntall,x,a\n"), "--data", train),
            StringComparison.Ordinal);
        Assert.Contains("--data", Fails("evaluate", made), StringComparison.Ordinal);
    }

    private static string Rows(int count, int seed)
    {
        var random = new Random(seed);
        return "age,job,group\n" + string.Concat(Enumerable.Range(0, count).Select(i =>
            (i % 9 == 0 ? "" : FormattableString.Invariant($"{30 + 20 * (i % 2) + 5 * random.NextDouble():F3}")) +
            $",{"xyz"[random.Next(3)]},{(i % 2 == 0 ? "low" : "high")}\n"));
    }

    private static void Succeeds(GanProcess.Result result) => Assert.True(result.ExitCode == 0, result.Error);

    private static string Fails(params string[] arguments)
    {
        GanProcess.Result result = GanProcess.Run(arguments);
        Assert.True(result.IsRefusal, $"{result.ExitCode}: {result.Error}");
        return result.Message;
    }
}
