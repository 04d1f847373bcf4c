using System.Text.RegularExpressions;
using GanPipeline.Inference;
using GanPipeline.Primitives;
using GanPipeline.Training.Metrics;

namespace GanPipeline.Cli.Tests;

/// <summary>Each stage alone, in the order of a batch pipeline, on a small data set.</summary>
public sealed class StageTests
{
    [Fact]
    public void TheStagesWorkOneAfterTheOther()
    {
        using var space = new Workspace();
        string run = space.In("run"), onnx = Path.Combine(run, "generator.onnx");

        Succeeds(GanProcess.Run("train", space.Preset, "--data", space.Data, "--out", run));
        Assert.Equal(
            ["epoch,step,d_loss,g_loss,real_score,fake_score,d_accuracy,class_accuracy,d_gradient_norm,g_gradient_norm,d_learning_rate,g_learning_rate," +
                "quality,diversity,samples_per_second,resident_mib"],
            File.ReadLines(Path.Combine(run, "metrics.csv")).Take(1));
        IReadOnlyList<MetricRow> rows = MetricsCsv.Read(Path.Combine(run, "metrics.csv"));
        Assert.Equal([5, 10, 15, 20, 25, 30], rows.Select(r => r.Step));
        Assert.Equal(3, Directory.GetFiles(Path.Combine(run, "samples"), "*.png").Length);

        Succeeds(GanProcess.Run("export", run));
        using (GeneratorSession session = GeneratorSession.Open(onnx))
        {
            Assert.Equal("small", session.Info.System);
            Assert.Equal(["a", "b"], session.Info.ClassNames);
            Assert.Equal(30, session.Info.Provenance.Steps);
            Assert.All(session.Info.Verification, check => Assert.True(check.Difference <= 1e-5));
        }

        string csv = space.In("samples.csv"), again = space.In("again.csv"), folder = space.In("samples"), picture = space.In("samples.png");
        Succeeds(GanProcess.Run("generate", onnx, "--out", csv, "--count", "50", "--seed", "3"));
        Succeeds(GanProcess.Run("generate", onnx, "--out", again, "--count", "50", "--seed", "3"));
        Assert.Equal(File.ReadAllBytes(csv), File.ReadAllBytes(again));
        Assert.Equal(51, File.ReadLines(csv).Count());
        Succeeds(GanProcess.Run("generate", onnx, "--out", folder, "--count", "10", "--class", "b"));
        Assert.Equal(Enumerable.Repeat((byte)1, 10), IdxFile.ReadLabels(Path.Combine(folder, "train-labels-idx1-ubyte")));
        Succeeds(GanProcess.Run("generate", onnx, "--out", picture));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(picture).Take(4));

        string balanced = space.In("balanced");
        Succeeds(GanProcess.Run("upsample", space.Data, "--generator", onnx, "--out", balanced));
        byte[] before = IdxFile.ReadLabels(Path.Combine(space.Data, "train-labels-idx1-ubyte")),
            after = IdxFile.ReadLabels(Path.Combine(balanced, "train-labels-idx1-ubyte"));
        Assert.Equal((120, 40), (before.Count(l => l == 0), before.Count(l => l == 1)));
        Assert.Equal((120, 120), (after.Count(l => l == 0), after.Count(l => l == 1)));
        Assert.Equal(before, after.Take(before.Length));
        byte[] original = IdxFile.ReadImages(Path.Combine(space.Data, "train-images-idx3-ubyte")).Pixels;
        Assert.Equal(original, IdxFile.ReadImages(Path.Combine(balanced, "train-images-idx3-ubyte")).Pixels.Take(original.Length));
    }

    [Fact]
    public void ACsvTableIsUpSampledWithItsRowsUntouched()
    {
        using var space = new Workspace();
        string preset = space.Write("moons.yaml", "system: m\ndata: { kind: moons, upper: 100, lower: 40, test: 20 }\nlatent: 2\nbatch: 16\nepochs: " +
            "1\ngenerator: { network: mlp, hidden: [4] }\ndiscriminator: { network: mlp, hidden: [4] }\nthreads: 1\n");
        Succeeds(GanProcess.Run("train", preset, "--out", space.In("run")));
        Succeeds(GanProcess.Run("export", space.In("run"), "--out", space.In("g.onnx")));
        const string Table = "x,class,y\n1.50,upper,2\n0.1,upper,-3e-1\n7,lower,8"; // odd spellings, and no newline at the end
        string table = space.Write("table.csv", Table), balanced = space.In("balanced.csv");
        Succeeds(GanProcess.Run("upsample", table, "--generator", space.In("g.onnx"), "--out", balanced, "--balance", "counts:lower=4"));
        string text = File.ReadAllText(balanced);
        Assert.StartsWith(Table + "\n", text, StringComparison.Ordinal);
        string[] added = text[(Table.Length + 1)..].TrimEnd().Split('\n');
        Assert.Equal(3, added.Length);
        Assert.All(added, line => Assert.Equal("lower", line.Split(',')[1]));

        string quoted = space.Write("quoted.csv", "x,class,y\r\n1.50,\"upper\",2\r\n\r\n0.1,upper,-3e-1\r\n7,\"lower\",8\r\n"), marked = space.In("marked.csv");
        Succeeds(GanProcess.Run("upsample", quoted, "--generator", space.In("g.onnx"), "--out", marked, "--synthetic-column", "made up"));
        text = File.ReadAllText(marked);
        Assert.StartsWith("x,class,y,made up\r\n1.50,\"upper\",2,0\r\n\r\n0.1,upper,-3e-1,0\r\n7,\"lower\",8,0\r\n", text, StringComparison.Ordinal);
        Assert.Matches(@"8,0\r\n[-.0-9E]+,lower,[-.0-9E]+,1\r?\n$", text);

        string last = space.Write("last.csv", "x,y,class\r\n1.50,2,upper\r\n0.1,-3e-1,upper\r\n7,8,lower\r\n"), crlf = space.In("crlf.csv");
        Succeeds(GanProcess.Run("upsample", last, "--generator", space.In("g.onnx"), "--out", crlf));
        Assert.Equal(["upper", "upper", "lower", "lower"], File.ReadLines(crlf).Skip(1).Select(line => line.Split(',')[2]));
    }

    [Fact]
    public void TheWholePipelineRunsOnBuiltInDataAndReports()
    {
        using var space = new Workspace();
        string preset = space.Write("moons.yaml", "system: m\ndata: { kind: moons, upper: 200, lower: 20, test: 50 }\nlatent: 2\nbatch: 20\nepochs: " +
            "3\nsampling: balanced\ngenerator: { network: mlp, hidden: [8] }\ndiscriminator: { network: mlp, hidden: [8] }\nthreads: 1\n");
        GanProcess.Result result = GanProcess.Run("run", preset, "--out", space.In("run"));
        Succeeds(result);
        Assert.Matches("(?m)^Use ('[^']+', which costs nothing|the generator): .*macro-F1 ", result.Output);
        string[] files =
        [
            "README.txt", "classes.csv", "cost.csv",
            "events.out.tfevents..gan", "events.out.tfevents..gan-final", "finished.yaml", "generated.png", "generator.onnx",
            "last.ckpt", "metrics.csv",
            "options.yaml", "pictures", "quality-metrics.csv", "quality.csv",
            "report.html", "report.json", "run.csv", "samples", "upsampled.png",
        ];
        Assert.Equal(files, Directory.EnumerateFileSystemEntries(space.In("run")).Select(EventLess).Order(StringComparer.Ordinal));
        string[] quality = File.ReadAllLines(space.In("run/quality.csv"));
        Assert.Equal("metric,data,class,value,low,high,better,sample", quality[0]);
        string[] expected =
        [
            "class-accuracy,,,", "class-accuracy,,lower,", "classification-accuracy-score,,,", "classifier-macro-f1,generator,,",
                "classifier-recall,as it is,lower,", "classifier-gain,,,", "coverage,,,", "data-copying,,,",
            "classifier-accuracy,real,,", "precision,,,",
        ];
        foreach (string start in expected) Assert.Single(quality, line => line.StartsWith(start, StringComparison.Ordinal));
    }

    /// <summary>Train, export, generate, evaluate, with the options that the run's folder holds: the same bytes, and the same figures.</summary>
    [Theory]
    [InlineData("points")]
    [InlineData("images")]
    [InlineData("table")]
    public void TheStagesOneByOneGiveWhatTheWholePipelineGives(string kind)
    {
        using var space = new Workspace();
        const string Networks = "latent: 2\nbatch: 16\nepochs: 4\nthreads: 1\n", Mlp = Networks +
            "generator: { network: mlp, hidden: [8] }\ndiscriminator: { network: mlp, hidden: [8] }\n";
        (string preset, string? data, string examples) = kind switch
        {
            "points" => ("system: m\ndata: { kind: moons, upper: 100, lower: 60, test: 50 }\nquality_every: 1\n" + Mlp, null, "generated.png"),
            "images" => ("system: m\ndata: { kind: idx, classes: [a, b] }\n" + Mlp, space.Data, "generated.png"),
            _ => ("system: m\ndata: { kind: table, anchors: 30 }\nsteps: 8\n" + Networks +
                "generator: { network: table, hidden: [8] }\ndiscriminator: { network: table, hidden: [8] }\n",
                space.Write("t.csv", "n,c,class\n" + string.Concat(Enumerable.Range(0, 200).Select(i =>
                    $"{i % 23 * 0.5},{"xyz"[i % 3]},{(i % 8 == 0 ? "a" : "b")}\n"))),
                "generated.csv"),
        };
        string[] from = data is null ? [] : ["--data", data];
        GanProcess.Result whole = GanProcess.Run(["run", space.Write("p.yaml", preset), .. from, "--out", space.In("whole"), "--verbose"]);
        Succeeds(whole);

        Succeeds(GanProcess.Run(["train", space.In("whole/options.yaml"), .. from, "--out", space.In("parts")]));
        GanProcess.Result export = GanProcess.Run("export", space.In("parts"));
        Succeeds(export);
        string which = kind == "points" ? "going on with the best state that was measured, of step " : "going on with the last state, of step ";
        Assert.Contains(which, whole.Output, StringComparison.Ordinal);
        Assert.Contains(which, export.Output, StringComparison.Ordinal);
        Succeeds(GanProcess.Run("generate", space.In("parts/generator.onnx"), "--out", space.In("parts/" + examples), "--count", "100", "--seed", "1"));
        string[] files = ["last.ckpt", "generator.onnx", examples, .. kind == "points" ? ["best.ckpt"] : Array.Empty<string>()];
        foreach (string file in files)
            Assert.True(File.ReadAllBytes(space.In($"whole/{file}")).SequenceEqual(File.ReadAllBytes(space.In($"parts/{file}"))), $"{file} differs");

        // A table's parts are files that a run leaves, and it measures more: what added rows are worth.
        string[] real = kind == "table" ? ["--data", space.In("whole/train.csv"), "--test", space.In("whole/test.csv")] : from;
        Succeeds(GanProcess.Run(["evaluate", space.In("parts/generator.onnx"), .. real, "--seed", "1", "--out", space.In("parts/quality.csv")]));
        string[] expected = File.ReadAllLines(space.In("whole/quality.csv")), found = File.ReadAllLines(space.In("parts/quality.csv"));
        Assert.True(found.Length > 3);
        Assert.Equal(expected.Take(found.Length), found);
    }

    [Fact]
    public void TrainingLeavesAPageThatCanBeMadeAgainAndRunsCanBeCompared()
    {
        using var space = new Workspace();
        Succeeds(GanProcess.Run("train", space.Preset, "--data", space.Data, "--out", space.In("first")));
        Succeeds(GanProcess.Run("train", space.Preset, "--data", space.Data, "--out", space.In("second"), "--set", "latent=5"));
        byte[] page = File.ReadAllBytes(space.In("first/report.html"));
        File.Delete(space.In("first/report.html"));
        Succeeds(GanProcess.Run("report", space.In("first")));
        Assert.Equal(page, File.ReadAllBytes(space.In("first/report.html")));
        string text = File.ReadAllText(space.In("first/report.html"));
        Assert.Contains("state: finished", text, StringComparison.Ordinal);
        Assert.Contains($"gan train {space.In("first")}/options.yaml --out {space.In("first")}-again --data {space.Data}", text, StringComparison.Ordinal);

        GanProcess.Result result = GanProcess.Run("compare", space.In("first"), space.In("second"), "--out", space.In("both"));
        Succeeds(result);
        Assert.Matches(@"steps +30 +30", result.Output);
        Assert.Equal(["run,steps,samples per second,latent"], File.ReadLines(space.In("both/compare.csv")).Take(1));
        Assert.True(File.Exists(space.In("both/compare.html")));

        GanProcess.Result none = GanProcess.Run("report", space.Data);
        Assert.Equal((3, $"gan: {space.Data}: it holds no run (options.yaml is not there); name a folder that 'gan train' or 'gan run' made."),
            (none.ExitCode, none.Message));
    }

    [Fact]
    public void ARunThatDivergedSaysSoOnItsPage()
    {
        using var space = new Workspace();
        string deep = $"[{string.Join(',', Enumerable.Repeat(8, 30))}]"; // with steps this long, the product of so many layers soon overflows
        GanProcess.Result result = GanProcess.Run("train", Repository.In("models", "moons-cgan.yaml"), "--out", space.In("run"), "--set",
            "objective=wasserstein",
            "--set", $"generator.hidden={deep}", "--set", $"discriminator.hidden={deep}", "--set", "generator_optimizer.learning_rate=10", "--set",
                "discriminator_optimizer.learning_rate=10");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("training diverged at step", result.Message, StringComparison.Ordinal);
        Assert.Contains("state: failed: training diverged at step", File.ReadAllText(space.In("run/report.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("run")]
    public void ADryRunWritesNothing(string command)
    {
        using var space = new Workspace();
        GanProcess.Result result = GanProcess.Run(command, space.Preset, "--data", space.Data, "--out", space.In("run"), "--dry-run");
        Succeeds(result);
        Assert.Contains("30 steps in 3 epochs", result.Output, StringComparison.Ordinal);
        Assert.False(Path.Exists(space.In("run")));
    }

    /// <summary>A file's name without what TorchSharp's writer adds to it: the time, the machine and the process.</summary>
    private static string EventLess(string path) =>
        Regex.Replace(Path.GetFileName(path), @"(?<=^events\.out\.tfevents\.).*(?=\.gan)", "");

    private static void Succeeds(GanProcess.Result result) => Assert.True(result.ExitCode == 0, $"exit code {result.ExitCode}: {result.Error}");
}
