namespace GanPipeline.Cli.Tests;

/// <summary>Tables with odd cells and odd labels, as people have them: each is a sentence with the cell and what to do, and what the sentence says
/// helps.</summary>
public sealed class OddTableTests : IDisposable
{
    private static readonly string[] Fast = ["--set", "steps=4", "--set", "epochs=2", "--set", "batch=16", "--set", "generator.hidden=[8]", "--set",
        "discriminator.hidden=[8]", "--set", "discriminator.class_hidden=[8]"];

    private readonly Workspace _space = new();

    public void Dispose() => _space.Dispose();

    [Theory]
    [InlineData("t_blank.csv", " line 30, column 'charges': ' ' is a cell of blanks and no number (5 such cells); leave the field empty, or say " +
        "--missing \" \" if",
        "--missing", " ")]
    [InlineData("t_blankint.csv", " line 30, column 'tenure': ' ' is a cell of blanks and no number (5 such cells); leave the field empty, or say " +
        "--missing \" \" if",
        "--missing", " ")]
    [InlineData("t_datenull.csv", " line 120, column 'd': 'NULL' is no date (1 such cell), as 199 of the 200 cells are; correct it, say --missing NULL if " +
        "it stands",
        "--missing", "NULL")]
    [InlineData("t_typo.csv", " line 142, column 'age': '3O' is no number (1 such cell), as 199 of the 200 cells are; correct it, say --missing 3O if it " +
        "stands",
        "--missing", "3O")]
    [InlineData("t_typo.csv", "or leave the column out by --drop age.", "--drop", "age")]
    public void AnOddCellIsNamedAndTheOptionHelps(string file, string sentence, params string[] remedy)
    {
        string table = Case(file);
        GanProcess.Result refused = GanProcess.Run(["train", table, "--label", "class", "--out", _space.In("run"), .. Fast]);
        Assert.True(refused.IsRefusal, $"{refused.ExitCode}: {refused.Error}");
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_space.In("run")));
        GanProcess.Result trained = GanProcess.Run(["train", table, "--label", "class", "--out", _space.In("run"), .. remedy, .. Fast]);
        Assert.True(trained.ExitCode == 0, trained.Error);
    }

    [Theory]
    [InlineData("t_thou.csv", "'243,987' may be 243987, with a comma between thousands, or 243.987, with a decimal comma,")]
    [InlineData("t_thou2.csv", "'9,885' may be 9885, with a comma between thousands, or 9.885, with a decimal comma,")]
    public void ACommaThatMayBeEitherIsNamedWithBothReadings(string file, string sentence)
    {
        GanProcess.Result refused = GanProcess.Run(["train", Case(file), "--label", "class", "--out", _space.In("run"), .. Fast]);
        Assert.True(refused.IsRefusal, $"{refused.ExitCode}: {refused.Error}");
        Assert.Contains(" line 2, column 'pop': " + sentence, refused.Message, StringComparison.Ordinal);
        Assert.Contains("say 'columns: { pop: { thousands: \",\" } }' or 'columns: { pop: { decimal: \",\" } }' in the schema file;", refused.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ANumberToPredictIsNoClassUnlessTheUserSaysSo()
    {
        string[] command = ["train", Case("d_reg.csv"), "--label", "class", "--out", _space.In("run"), .. Fast];
        GanProcess.Result refused = GanProcess.Run(command);
        Assert.True(refused.IsRefusal, $"{refused.ExitCode}: {refused.Error}");
        Assert.Contains("the label 'class' looks like a number to predict, not a class: 197 different numbers in 200 rows", refused.Message,
            StringComparison.Ordinal);
        Assert.Single(refused.Error.Trim().Split('\n'));
        GanProcess.Result forced = GanProcess.Run([.. command, "--schema", _space.Write("s.yaml", "columns: { class: { type: categorical } }")]);
        Assert.True(forced.ExitCode == 0, forced.Error);
        Assert.Single(forced.Error.Split('\n'), line => line.Contains("one row", StringComparison.Ordinal));
    }

    [Fact]
    public void ClassesThatDifferByWhatIsHardlySeenAreSaidAndUpsamplingSaysSoToo()
    {
        const string Said = "'common ' (4 rows) and 'common' (166 rows); 'Rare' (5 rows) and 'rare' (25 rows); they are different classes here";
        string table = Case("d_case.csv");
        GanProcess.Result trained = GanProcess.Run(["train", table, "--label", "class", "--out", _space.In("run"), .. Fast]);
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.Contains(Said, trained.Error, StringComparison.Ordinal);
        Assert.Equal(0, GanProcess.Run("export", _space.In("run")).ExitCode);
        GanProcess.Result upsampled = GanProcess.Run("upsample", table, "--generator", _space.In("run/generator.onnx"), "--out", _space.In("u.csv"));
        Assert.True(upsampled.ExitCode == 0, upsampled.Error);
        Assert.Contains(Said, upsampled.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--label", "Class", ": no column 'Class'; did you mean 'class'? It has x, y, kind, v, class. Name the class column with --label.")]
    [InlineData("--drop", "Kind", " has no such column; did you mean 'kind'? It has x, y, kind, v, class.")]
    public void AColumnThatIsNoneIsAnsweredWithTheNearestAndAllThereAre(string option, string name, string sentence)
    {
        GanProcess.Result refused = GanProcess.Run(["train", Case("d_case.csv"), option, name, "--out", _space.In("run"), .. Fast]);
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
    }

    /// <summary>No verdict on a class of one row or two: the sentence says of which, and nothing is trained.</summary>
    [Theory]
    [InlineData("f15_1.csv", "class 'rare' has 1 row, too few to be scored on 3 folds")]
    [InlineData("f15_2.csv", "class 'rare' has 2 rows, too few to be scored on 3 folds")]
    public void AClassOfARowOrTwoIsNotScored(string file, string sentence)
    {
        GanProcess.Result refused = GanProcess.Run(["advise", Case(file), "--set", "steps=50", "--set", "epochs=1"]);
        Assert.True(refused.IsRefusal, $"{refused.ExitCode}: {refused.Error}");
        Assert.Contains(sentence + ", and a comparison needs two classes of at least 10 different rows", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("training a generator", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Use ", refused.Output, StringComparison.Ordinal);
    }

    private static string Case(string file) => Path.Combine(AppContext.BaseDirectory, "Cases", file);
}
