using System.Globalization;

namespace GanPipeline.Cli.Tests;

public sealed class AnonymizeTests : IDisposable
{
    private static readonly string[] Fast = ["--set", "steps=6", "--set", "epochs=2", "--set", "batch=16", "--set", "generator.hidden=[8]", "--set",
        "discriminator.hidden=[8]"];

    private const string Schema = "columns: { age: { min: 0, max: 100, type: integer }, wage: { min: 0, max: 50, decimals: 2, optional: true }, home: { " +
        "values: [a, b, c] }, risk: { values: [low, high] } }\n";

    private readonly Workspace _space = new();
    private readonly string _table;

    public AnonymizeTests() => _table = _space.Write("t.csv", "age,wage,home,risk\n" + string.Concat(Enumerable.Range(0, 120).Select(i =>
        string.Create(CultureInfo.InvariantCulture,
            $"{20 + i * 7 % 50},{(i % 9 == 0 ? "" : $"{i * 13 % 37 + 0.25}")},{"abc"[i % 3]},{(i % 5 == 0 ? "high" : "low")}\n"))));

    public void Dispose() => _space.Dispose();

    private GanProcess.Result Run(params string[] more) => GanProcess.Run(
        ["anonymize", _table, "--label", "risk", "--out", _space.In("s.csv"), "--force", .. Fast, .. more]);

    private double Figure(string metric) => double.Parse(File.ReadLines(_space.In("s.privacy.csv"))
        .Single(l => l.StartsWith(metric + ",,", StringComparison.Ordinal)).Split(',')[3], CultureInfo.InvariantCulture);

    [Fact]
    public void ATableOfTheSameSizeWithoutAnyRealRowAndItsFigures()
    {
        GanProcess.Result result = Run();
        Assert.True(result.ExitCode == 0, result.Error);
        string[] real = File.ReadAllLines(_table), made = File.ReadAllLines(_space.In("s.csv"));
        Assert.Equal((real[0], real.Length), (made[0], made.Length));
        Assert.Empty(made[1..].Intersect(real));
        Assert.Equal(24, made.Count(l => l.EndsWith(",high", StringComparison.Ordinal))); // as many as the table has
        foreach (string metric in (string[])["distance-to-closest-record", "nearest-neighbour-ratio", "membership-inference", "train-on-synthetic",
            "copies-removed"]) Assert.True(double.IsFinite(Figure(metric)), metric);
        Assert.Equal(0, Figure("exact-copies"));
        string[] said = result.Output.TrimEnd().Split('\n');
        Assert.InRange(said.Length, 4, 6);
        Assert.Contains(said, line => line.StartsWith("Who guesses by closeness", StringComparison.Ordinal));
        Assert.Contains("Membership inference: ", Run("--verbose").Output, StringComparison.Ordinal);
        Assert.Equal(made, File.ReadAllLines(_space.In("s.csv")));
    }

    [Fact]
    public void WithEpsilonItSaysWhatWasSpentAndWhatIsNotCovered()
    {
        GanProcess.Result result = Run("--epsilon", "2", "--verbose");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.InRange(Figure("epsilon"), 0.9 * 2, 2);
        Assert.Contains("NOT covered: the number of rows; the names of the columns and of the classes; ", result.Output, StringComparison.Ordinal);
        Assert.Contains("whether values are missing, of age, wage, home. Say in a schema file", result.Output, StringComparison.Ordinal);
        foreach (string limit in (string[])["Philox4x32-10", "no generator of cryptography", "2^64 trials", "float32", "Mironov 2012"])
            Assert.Contains(limit, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("  D ", result.Error, StringComparison.Ordinal); // losses come from real rows
        string[] made = File.ReadAllLines(_space.In("s.csv"));
        Assert.Equal(121, made.Length);
        Run("--epsilon", "2");
        Assert.NotEqual(made, File.ReadAllLines(_space.In("s.csv"))); // the noise of a run comes never again
    }

    [Fact]
    public void WhatTheSchemaSaysIsNotTakenFromTheRows()
    {
        GanProcess.Result result = Run("--epsilon", "2", "--verbose", "--schema", _space.Write("schema.yaml", Schema));
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("NOT covered: the number of rows; the names of the columns; the figures above, which come from real rows. The ranges and categories " +
            "of all columns are those of the schema file, so nothing else is taken from the rows.",
            result.Output, StringComparison.Ordinal);
        Assert.All(File.ReadLines(_space.In("s.csv")).Skip(1), l => Assert.Matches(@"^(\d|\d\d|100),(|([0-4]?\d(\.\d\d?)?|50)),[abc],(low|high)$", l));
    }

    /// <summary>The generator holds what the noise hides, so it is nobody else's, and what a killed process left of one goes with the next run.</summary>
    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")] // to the analyser: it skips itself there
    public void TheGeneratorIsPrivateAndDoesNotStay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes of files are Unix's");
        const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        string left = _space.In(".gan-private-0123456789abcdef0123456789abcdef"), other = _space.In(".gan-private-mine");
        foreach (string folder in new[] { left, other })
        {
            Directory.CreateDirectory(folder, Mine | UnixFileMode.UserExecute);
            File.WriteAllText(Path.Combine(folder, "generator.onnx"), "secret");
        }
        var seen = new HashSet<(UnixFileMode, UnixFileMode)>();
        using (System.Diagnostics.Process process = GanProcess.Start(["anonymize", _table, "--label", "risk", "--out", _space.In("s.csv"), .. Fast]))
        {
            while (!process.HasExited)
            {
                foreach (string folder in Directory.GetDirectories(_space.Root, ".gan-private-*").Except([left, other]))
                {
                    try { seen.Add((File.GetUnixFileMode(folder), File.GetUnixFileMode(Path.Combine(folder, "generator.onnx")))); }
                    catch (IOException) { } // not there yet, or no more
                }
            }
            Assert.Equal(0, process.ExitCode);
        }
        Assert.Equal([(Mine | UnixFileMode.UserExecute, Mine)], seen);
        Assert.Equal([other], Directory.GetDirectories(_space.Root, ".*"));
    }

    [Fact]
    public void ATableWithoutClassesHasNoUtilityToMeasure()
    {
        GanProcess.Result result = GanProcess.Run(["anonymize", _table, "--label", "", "--out", _space.In("s.csv"), .. Fast]);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(121, File.ReadAllLines(_space.In("s.csv")).Length);
        Assert.DoesNotContain("macro-F1", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void CopiesInATableOfFewDifferentRowsAreChance()
    {
        string few = _space.Write("few.csv", "a,b,risk\n" + string.Concat(Enumerable.Range(0, 200)
            .Select(i => $"{"xy"[i % 2]},{"uv"[i / 2 % 2]},{(i / 4 % 2 == 0 ? "high" : "low")}\n")));
        string[] command = ["anonymize", few, "--label", "risk", "--out", _space.In("s.csv"), "--seed", "3", .. Fast];
        GanProcess.Result refused = GanProcess.Run(command);
        Assert.Equal(3, refused.ExitCode);
        Assert.EndsWith("Say --copies keep.", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_space.In("s.csv")));
        GanProcess.Result kept = GanProcess.Run([.. command, "--copies", "keep"]);
        Assert.True(kept.ExitCode == 0, kept.Error);
        Assert.Equal(201, File.ReadAllLines(_space.In("s.csv")).Length);
    }

    [Fact]
    public void TrainingThatKeepsItsSeedSaysThatItsNoiseIsNoSecret()
    {
        GanProcess.Result result =
            GanProcess.Run(["train", _table, "--label", "risk", "--out", _space.In("run"), .. Fast, "--set", "data.anchors=0", "--set", "sampling=poisson",
            "--set", "update={ scheme: private }", "--set", "regularizers=[{ name: weight_clipping }]"]);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("warning: the noise of 'update: private' follows from the seed, which the run folder and the generator file hold", result.Error,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the seed is drawn in secret and kept nowhere", "--epsilon", "1", "--seed", "3")]
    [InlineData("the seed is drawn in secret and kept nowhere", "--epsilon", "1", "--set", "seed=3")]
    [InlineData("with --epsilon copies are kept", "--epsilon", "1", "--copies", "remove")]
    [InlineData("only the scheme 'private' keeps to an --epsilon", "--epsilon", "1", "--set", "update={ scheme: alternating }", "--set", "sampling=shuffle")]
    [InlineData("'delta' must be above 0 and below one in the ", "--epsilon", "1", "--delta", "0.1")]
    [InlineData("--delta: it goes with --epsilon; name that too.", "--delta", "0.1")]
    [InlineData("a generator that stores real rows cannot generate anonymous ones; leave it at 0.", "--set", "data.anchors=10")]
    public void WhatWouldNotBePrivateIsRefused(string sentence, params string[] more)
    {
        GanProcess.Result result = Run(more);
        Assert.True(result.IsRefusal, $"{result.ExitCode}: {result.Error}");
        Assert.Contains(sentence, result.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_space.In("s.csv")));
    }
}
